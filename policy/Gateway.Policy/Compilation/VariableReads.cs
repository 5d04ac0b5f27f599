using Gateway.Cel;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>What a condition can read, told by the variables that it names.</summary>
internal static class VariableReads
{
    public static Reads Of(CelProgram condition)
    {
        var reads = Reads.None;
        foreach (var path in condition.Reads)
        {
            reads |= Of(path.Variable);
        }

        return reads;
    }

    private static Reads Of(string variable) =>
        variable switch
        {
            "time" => Reads.Clock,
            "session.id" => Reads.Session,
            "facts.status" or "facts.level" or "agent.level" => Reads.Standing,
            "agent.name"
            or "agent.tenant"
            or "agent.workspace"
            or "agent.risk"
            or "agent.purposes"
            or "agent.human_owner"
            or "agent.security_owner" => Reads.Agent,
            "intent.tool"
            or "intent.connector"
            or "intent.operation"
            or "intent.action"
            or "intent.risk"
            or "intent.external"
            or "intent.environment"
            or "intent.data"
            or "intent.model"
            or "intent.door"
            or "intent.strength" => Reads.Documents,
            _ => Reads.Arguments,
        };
}
