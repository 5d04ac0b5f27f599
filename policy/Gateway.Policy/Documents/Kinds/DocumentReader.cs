using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads files of YAML into governance records, strictly; every error is collected. Never throws for any text.</summary>
internal static class DocumentReader
{
    /// <summary>Documents in all files together.</summary>
    public const int MaxDocuments = 1_000_000;

    private const string ApiVersion = "gateway/v1";
    private const int MaxLabel = 256;

    /// <summary>Makes the record of a document from its header and spec. Never throws; gives nonsense where it reported an error.</summary>
    private static readonly FrozenDictionary<string, Func<DocumentHeader, MappingReader, object>> SpecReaders = new Dictionary<
        string,
        Func<DocumentHeader, MappingReader, object>
    >(StringComparer.Ordinal)
    {
        [DocumentKinds.Tenant] = TenantDocument.Read,
        [DocumentKinds.Workspace] = WorkspaceDocument.Read,
        [DocumentKinds.Agent] = AgentDocument.Read,
        [DocumentKinds.Connector] = ConnectorDocument.Read,
        ["ToolPermission"] = ToolPermissionDocument.Read,
        ["ApprovalGate"] = ApprovalGateDocument.Read,
        ["DataFlow"] = DataFlowDocument.Read,
        ["Playbook"] = PlaybookDocument.Read,
        ["RedTeamTest"] = RedTeamTestDocument.Read,
        ["Risk"] = FindingDocument.Read,
        ["Finding"] = FindingDocument.Read,
        [DocumentKinds.Profile] = ProfileDocument.Read,
        [DocumentKinds.Policy] = PolicyDocument.Read,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The documents that are in force; of shadow documents only that there are any.</summary>
    public static GovernanceDocuments Read(IReadOnlyList<SourceFile> files, ErrorList errors)
    {
        var documents = new GovernanceDocuments();
        foreach (var node in Nodes(files, errors))
        {
            if (ShadowDocuments.Is(node))
            {
                documents.HasShadows = true;
            }
            else
            {
                ReadDocument(node, documents, errors);
            }
        }

        return documents;
    }

    /// <summary>The documents as they would be if the shadow documents were real.</summary>
    public static GovernanceDocuments ReadShadow(IReadOnlyList<SourceFile> files, ErrorList errors)
    {
        var documents = new GovernanceDocuments();
        foreach (var node in ShadowDocuments.Choose(Nodes(files, errors), shadow: true))
        {
            ReadDocument(node, documents, errors);
        }

        return documents;
    }

    private static IEnumerable<Node> Nodes(IReadOnlyList<SourceFile> files, ErrorList errors)
    {
        var left = MaxDocuments;
        foreach (var file in files)
        {
            var nodes = NodeReader.Read(file, left, errors);
            left -= nodes.Count;
            foreach (var node in nodes)
            {
                yield return node;
            }
        }
    }

    private static void ReadDocument(Node node, GovernanceDocuments documents, ErrorList errors)
    {
        if (node is ScalarNode { IsNull: true })
        {
            return; // Nothing between two separators, or only comments.
        }

        if (node is not MappingNode mapping)
        {
            errors.Add(node.Position, "", "A document is a mapping of fields.", "Begin it with 'apiVersion: gateway/v1'.");
            return;
        }

        var before = errors.Count;
        var json = new ArrayBufferWriter<byte>();
        using var canonical = new Utf8JsonWriter(json);
        canonical.WriteStartObject();
        var reader = new MappingReader(mapping, "", new ReadingContext(errors, documents.References, canonical));
        var (header, record) = ReadFields(reader, mapping, documents, errors, canonical);
        reader.End();
        canonical.WriteEndObject();
        canonical.Flush();
        if (errors.Count == before)
        {
            documents.Add(header!, record!, json.WrittenMemory);
        }
    }

    private static (DocumentHeader? Header, object? Record) ReadFields(
        MappingReader reader,
        MappingNode mapping,
        GovernanceDocuments documents,
        ErrorList errors,
        Utf8JsonWriter canonical
    )
    {
        reader.Required("apiVersion", Formats.Exactly(ApiVersion));
        var kind = reader.Required("kind", DocumentKinds.Format);
        if (kind is null || !SpecReaders.TryGetValue(kind, out var readSpec))
        {
            reader.Ignore("metadata", "spec"); // Which fields they have depends on the kind.
            return default;
        }

        var context = reader.Context;
        var header = reader.Section("metadata", metadata => ReadHeader(metadata, kind, mapping.Position));
        if (header is null)
        {
            reader.FailUnlessPresent("metadata", "Add metadata with the tenant and the name.");
        }
        else if (!header.Tenant.IsEmpty && !header.Name.IsEmpty)
        {
            context.Tenant = header.Tenant;
            if (!documents.TryDeclare(header, out var first))
            {
                reader.Fail(
                    "metadata",
                    $"There is already a {kind} '{header.Name}' of this tenant.",
                    $"Keep one; the first is at {first}."
                );
            }
        }

        header ??= new DocumentHeader(kind, default, default, mapping.Position);
        var record = reader.SectionOrEmpty("spec", spec => readSpec(header, spec));
        return (header, record);
    }

    private static DocumentHeader ReadHeader(MappingReader metadata, string kind, SourcePosition source)
    {
        var name = metadata.Required("name", Formats.Id<DocumentHeader>());
        var own = Id<Tenant>.TryParse(name.ToString(), out var id) ? id : default;
        // A tenant's own document may leave its tenant out, and can't name another.
        var tenant =
            kind == DocumentKinds.Tenant
                ? metadata.Optional("tenant", Formats.Id<Tenant>(), own)
                : metadata.Required("tenant", Formats.Id<Tenant>());
        if (kind == DocumentKinds.Tenant && tenant != own)
        {
            metadata.Fail("tenant", "A Tenant document names another tenant.", "Remove it: the name says which tenant it is.");
        }

        ShadowDocuments.CheckReal(metadata);
        metadata.Section("labels", labels => labels.ReadAll(Formats.Text(MaxLabel), 64));
        return new DocumentHeader(kind, tenant, name, source);
    }
}
