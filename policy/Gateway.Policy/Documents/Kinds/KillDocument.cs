using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads <c>kind: Kill</c>. What it names must be there: a misspelt name would stop nothing, and look as if it did.
/// </summary>
internal static class KillDocument
{
    private const int MaxReason = 500;

    public static DocumentedKill Read(DocumentHeader header, MappingReader spec)
    {
        var scope = spec.Required("scope", Vocabulary.KillScope.Format);
        if (scope == KillScope.Everything)
        {
            spec.Fail("scope", "A document is of one tenant, and can't stop the others.", "Use 'tenant', or 'gateway kill everything'.");
        }

        return new DocumentedKill(
            header.Tenant,
            new Kill
            {
                Id = header.Name.ToString(),
                Scope = scope,
                Target = ReadTarget(spec, scope),
                IsGraceful = spec.Optional("graceful", Formats.Bool, false),
                Reason = spec.OptionalText("reason", Formats.Text(MaxReason)) ?? "",
                By = "a document",
            }
        );
    }

    private static string ReadTarget(MappingReader spec, KillScope scope)
    {
        var agent = ReadName<Agent>(spec, "agent", DocumentKinds.Agent, scope == KillScope.Agent);
        var connector = ReadName<Connector>(
            spec,
            "connector",
            DocumentKinds.Connector,
            scope is KillScope.Connector or KillScope.Operation
        );
        if (scope == KillScope.Operation)
        {
            var errors = spec.Context.Errors.Count;
            var operation = spec.Required("operation", Formats.Id<Operation>());
            if (spec.Context.Errors.Count == errors)
            {
                spec.Refer(Reference.Operation, operation.ToString(), "operation", [connector]);
            }

            return Kill.TargetOf(connector, operation);
        }

        FailIfPresent(spec, "operation");
        return scope switch
        {
            KillScope.Agent => agent.ToString(),
            KillScope.Connector => connector.ToString(),
            _ => "",
        };
    }

    private static Id<T> ReadName<T>(MappingReader spec, string field, string kind, bool isNeeded)
    {
        if (isNeeded)
        {
            return spec.Reference<T>(field, kind);
        }

        FailIfPresent(spec, field);
        return default;
    }

    private static void FailIfPresent(MappingReader spec, string field)
    {
        if (spec.Has(field))
        {
            spec.Ignore(field);
            spec.Fail(field, "The scope is another one, so this would say nothing.", "Remove it, or change the scope.");
        }
    }
}
