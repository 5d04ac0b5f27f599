using System.Collections.Frozen;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads a document into its record, strictly; every error is collected. Never throws for any text.</summary>
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
        [DocumentKinds.ApprovalGate] = ApprovalGateDocument.Read,
        [DocumentKinds.ApproverGroup] = ApproverGroupDocument.Read,
        [DocumentKinds.NotificationChannel] = NotificationChannelDocument.Read,
        ["DataFlow"] = DataFlowDocument.Read,
        ["Playbook"] = PlaybookDocument.Read,
        ["RedTeamTest"] = RedTeamTestDocument.Read,
        ["Risk"] = FindingDocument.Read,
        ["Finding"] = FindingDocument.Read,
        [DocumentKinds.Profile] = ProfileDocument.Read,
        [DocumentKinds.Policy] = PolicyDocument.Read,
        [DocumentKinds.Trigger] = TriggerDocument.Read,
        [DocumentKinds.Kill] = KillDocument.Read,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="node">What stands between two separators.</param>
    /// <param name="keepText">Whether its text will be kept beside what is judged by it.</param>
    public static ReadDocument Read(Node node, bool keepText)
    {
        if (node is ScalarNode { IsNull: true })
        {
            return new ReadDocument { Source = node.Position }; // Nothing between two separators, or only comments.
        }

        var isShadow = ShadowDocuments.Is(node);
        var document = isShadow ? ShadowDocuments.AsReal(node) : node;
        if (document is not MappingNode mapping)
        {
            var errors = new ErrorList();
            errors.Add(node.Position, "", "A document is a mapping of fields.", "Begin it with 'apiVersion: gateway/v1'.");
            return new ReadDocument { Source = node.Position, Fault = new DocumentFault(errors, ShadowDocuments.PlaceOf(node)) };
        }

        return ReadMapping(mapping, isShadow, keepText);
    }

    private static ReadDocument ReadMapping(MappingNode mapping, bool isShadow, bool keepText)
    {
        var errors = new ErrorList();
        var references = new List<Reference>();
        using var form = CanonicalForm.Rent();
        form.Writer.WriteStartObject();
        var reader = new MappingReader(mapping, "", new ReadingContext(errors, references, form.Writer));
        var (header, record) = ReadFields(reader, mapping);
        reader.End();
        form.Writer.WriteEndObject();
        var isGood = errors.Count == 0;
        var named = reader.PositionOf("metadata");
        return new ReadDocument
        {
            Governed = header is { Tenant.IsEmpty: false, Name.IsEmpty: false }
                ? new GovernedDocument(header.Tenant, header.Kind, header.Name.ToString(), isGood ? form.Digest() : default)
                : null,
            Record = isGood ? record : null,
            Source = mapping.Position,
            Metadata = (named.Line, named.Column),
            References = references.Count == 0 ? [] : references.ToArray(),
            Fault = isGood ? null : new DocumentFault(errors, ShadowDocuments.PlaceOf(mapping)),
            IsShadow = isShadow,
            Text = keepText ? Encoding.UTF8.GetBytes(NodeText.Of(mapping)) : null,
            Agent = isGood ? ReadDocument.AgentOf(record, references) : null,
        };
    }

    private static (DocumentHeader? Header, object? Record) ReadFields(MappingReader reader, MappingNode mapping)
    {
        reader.Required("apiVersion", Formats.Exactly(ApiVersion));
        var kind = reader.Required("kind", DocumentKinds.Format);
        if (kind is null || !SpecReaders.TryGetValue(kind, out var readSpec))
        {
            reader.Ignore("metadata", "spec"); // Which fields they have depends on the kind.
            return default;
        }

        var header = reader.Section("metadata", metadata => ReadHeader(metadata, kind, mapping.Position));
        if (header is null)
        {
            reader.FailUnlessPresent("metadata", "Add metadata with the tenant and the name.");
        }
        else if (!header.Tenant.IsEmpty && !header.Name.IsEmpty)
        {
            reader.Context.Tenant = header.Tenant;
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
                : metadata.Optional("tenant", Formats.Id<Tenant>(), Tenant.Default);
        if (kind == DocumentKinds.Tenant && tenant != own)
        {
            metadata.Fail("tenant", "A Tenant document names another tenant.", "Remove it: the name says which tenant it is.");
        }

        ShadowDocuments.CheckReal(metadata);
        metadata.Section("labels", labels => labels.ReadAll(Formats.Text(MaxLabel), 64));
        return new DocumentHeader(kind, tenant, name, source);
    }
}
