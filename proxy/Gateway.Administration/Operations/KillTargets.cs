using Gateway.Administration.Calls;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>
/// What a kill names, held against the documents: a misspelt name would stop nothing, and leave the real one at work. Where the documents
/// can't be used any name will do, since stopping something must not wait for them.
/// </summary>
internal static class KillTargets
{
    /// <returns>Null where there is such a thing.</returns>
    public static Problem? Check(OperatorCall call, KillScope scope, string target)
    {
        if (scope is KillScope.Tenant or KillScope.Everything)
        {
            return target.Length == 0
                ? null
                : Problem.Invalid("target", "This stops all, and was given a name.", "Leave 'target' out, or say another 'scope'.");
        }

        return IsName(scope, target) && (call.Documents is not { } documents || IsIn(documents, scope, target))
            ? null
            : Problem.Invalid(
                "target",
                $"The documents have no {Vocabulary.KillScope.Text(scope)} of that name.",
                scope == KillScope.Operation
                    ? "Write the connector's name, '/' and the operation's, as the documents have them."
                    : "Write its name as the documents have it."
            );
    }

    private static bool IsName(KillScope scope, string target) =>
        scope switch
        {
            KillScope.Agent => Id<Agent>.TryParse(target, out _),
            KillScope.Connector => Id<Connector>.TryParse(target, out _),
            KillScope.Operation => Kill.TryParseOperation(target, out _, out _),
            _ => false,
        };

    private static bool IsIn(Policy.Compilation.TenantSnapshot documents, KillScope scope, string target) =>
        scope switch
        {
            KillScope.Agent => documents.Agents.ContainsKey(Id<Agent>.Parse(target)),
            KillScope.Connector => documents.Connectors.ContainsKey(Id<Connector>.Parse(target)),
            _ => Kill.TryParseOperation(target, out var connector, out var operation)
                && documents.Connectors.GetValueOrDefault(connector)?.Operations.Any(one => one.Id == operation) == true,
        };
}
