using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// The documents that go without saying. Where no document names another tenant than <c>default</c>, that tenant and its workspace
/// <c>main</c> needn't be written; and a model connector that lists its <c>agents</c> gives each of them its permission. What is implied
/// is a document like another from then on: it is judged by, kept and shown.
/// </summary>
internal static class ImpliedDocuments
{
    /// <summary>Where their text is said to stand.</summary>
    public const string File = "(implied)";

    /// <param name="errors">Gets what is both written and implied, and differs.</param>
    /// <param name="isAlone">False where other documents, which aren't among these, name another tenant.</param>
    public static IEnumerable<ReadDocument> Of(IReadOnlyList<ReadDocument> written, ErrorList errors, bool isAlone = true)
    {
        var texts = new List<string>();
        if (isAlone)
        {
            AddTenant(written, texts);
        }

        AddPermissions(written, texts, errors);
        return texts.Count == 0 ? [] : FileReading.Read(new SourceFile(File, string.Join("---\n", texts)), keepText: true).Documents;
    }

    private static void AddTenant(IReadOnlyList<ReadDocument> written, List<string> texts)
    {
        var (isAlone, hasTenant, hasWorkspace) = (false, false, false);
        foreach (var document in written)
        {
            if (document.Governed is not { } governed)
            {
                continue;
            }

            if (governed.Tenant != Tenant.Default)
            {
                return; // A document that forgot its tenant must not found one: it would hold for nobody.
            }

            isAlone = true;
            hasTenant |= governed.Kind == DocumentKinds.Tenant;
            hasWorkspace |= governed.Kind == DocumentKinds.Workspace;
        }

        if (isAlone && !hasTenant)
        {
            texts.Add(Text("Tenant", Tenant.Default.ToString(), "{}"));
        }

        if (isAlone && !hasWorkspace)
        {
            texts.Add(Text("Workspace", Workspace.Default.ToString(), "{environment: production}"));
        }
    }

    private static void AddPermissions(IReadOnlyList<ReadDocument> written, List<string> texts, ErrorList errors)
    {
        ILookup<(Id<Tenant>, Id<Connector>, Id<Agent>), string>? permitted = null;
        foreach (var document in written)
        {
            if (document.IsShadow || document.Record is not Connector { Agents.Count: > 0 } connector)
            {
                continue;
            }

            permitted ??= written
                .Select(one => one.IsShadow ? null : one.Record as ToolPermission)
                .OfType<ToolPermission>()
                .ToLookup(one => (one.Tenant, one.Connector, one.Agent), one => one.Name);
            foreach (var agent in connector.Agents)
            {
                var name = $"{connector.Id}-{agent}";
                var others = permitted[(connector.Tenant, connector.Id, agent)].ToList();
                if (others.Count == 0)
                {
                    texts.Add(
                        Text(
                            "ToolPermission",
                            name,
                            $$"""{agent: {{agent}}, connector: {{connector.Id}}, operations: "*", auditLogging: true}""",
                            connector.Tenant
                        )
                    );
                }
                else if (!others.Contains(name)) // Its own, where an archived governance is read again.
                {
                    errors.Add(
                        document.Source,
                        "spec.agents",
                        $"The agent '{agent}' has the ToolPermission '{others[0]}' on this connector too, which may say less.",
                        "Take the agent out of the list, or remove the ToolPermission."
                    );
                }
            }
        }
    }

    private static string Text(string kind, string name, string spec, Id<Tenant> tenant = default) =>
        $$"""
            apiVersion: gateway/v1
            kind: {{kind}}
            metadata: {tenant: {{(tenant.IsEmpty ? Tenant.Default : tenant)}}, name: {{name}}}
            spec: {{spec}}

            """;
}
