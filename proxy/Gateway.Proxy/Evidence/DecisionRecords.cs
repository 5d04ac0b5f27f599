using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Evidence;

/// <summary>Makes the record of a decision from what the path knows.</summary>
internal static class DecisionRecords
{
    private const int TraceIdLength = 32;

    public static DecisionRecord Of(Judgement judgement, Clearance? clearance, KeptBody? kept, DecisionDetail? detail)
    {
        var read = judgement.Read;
        var agent = read.Tenant.Agents.TryGetValue(read.Intent.Agent, out var dossier) ? dossier.Agent : null;
        return new DecisionRecord
        {
            DecisionId = judgement.DecisionId,
            RequestId = read.Envelope.RequestId,
            Intent = read.Intent,
            Granted = clearance?.Grant is null ? null : clearance.Intent,
            Met = clearance?.Met ?? [],
            Values = judgement.Values,
            Shadow = judgement.Shadow,
            Decision = judgement.Decision,
            Facts = judgement.Facts,
            Snapshot = read.Tenant.Revision,
            Owner = agent?.HumanOwner,
            Level = agent?.Level ?? AtfLevel.Unassigned,
            TraceId = TraceIdOf(read.Envelope.Http.Request.Headers.TraceParent),
            KeyId = $"{read.Intent.Tenant}.{read.Agent.CredentialId}",
            TokenId = clearance?.Grant?.TokenId,
            Credential = clearance?.Grant is null ? null : read.Connector.Credential?.Reference,
            ContentLength = read.Body.Content.Length,
            Kept = kept,
            Detail = detail,
        };
    }

    /// <summary>Null for a decision that isn't recorded in detail.</summary>
    /// <param name="policy">How long the decision took.</param>
    public static DecisionDetail? DetailOf(Judgement judgement, TimeSpan policy, TimeProvider time)
    {
        if (!judgement.IsDetailed)
        {
            return null;
        }

        var read = judgement.Read;
        var chain = new List<string>(5);
        if (read.Tenant.Agents.TryGetValue(read.Intent.Agent, out var dossier))
        {
            Add("human_owner", dossier.Agent.HumanOwner);
            Add("security_owner", dossier.Agent.SecurityOwner);
        }

        Add("workspace", read.Intent.Workspace.ToString());
        Add("agent", read.Intent.Agent.ToString());
        Add("key", $"{read.Intent.Tenant}.{read.Agent.CredentialId}");
        return new DecisionDetail(
            chain,
            judgement.Conditions,
            new DetailTimings(Micros(judgement.Admitted.Took), Micros(policy), Micros(time.GetElapsedTime(read.Envelope.Started)))
        );

        void Add(string role, string? name)
        {
            if (name is not null)
            {
                chain.Add($"{role}={name}");
            }
        }
    }

    internal static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The trace id of a W3C <c>traceparent</c>, <c>00-{32 hex}-{16 hex}-{2 hex}</c>; null for anything else.</summary>
    private static string? TraceIdOf(string? traceParent)
    {
        if (traceParent is not { Length: >= 55 } || traceParent[2] != '-' || traceParent[35] != '-')
        {
            return null;
        }

        var id = traceParent.Substring(3, TraceIdLength);
        return id.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0 && id.AsSpan().IndexOfAnyExcept('0') >= 0 ? id : null;
    }
}

/// <summary>
/// How much a record must survive: a crash of the process always, a loss of power too where the action changes something, its risk is
/// high, or it is recorded in detail.
/// </summary>
internal static class Durable
{
    public static Durability For(Judgement judgement) => judgement.IsDetailed ? Durability.Synced : For(judgement.Read);

    private static Durability For(ParsedRequest read)
    {
        for (var i = 0; i < read.Intent.HostedTools.Count; i++)
        {
            var tool = read.Intent.HostedTools[i];
            if (read.Connector.Operations.Any(operation => operation.Id == tool && For(operation) == Durability.Synced))
            {
                return Durability.Synced;
            }
        }

        return For(read.Operation);
    }

    private static Durability For(Operation operation) =>
        operation is { Action: ActionType.Read, Risk: RiskTier.Low or RiskTier.Medium } ? Durability.Written : Durability.Synced;
}
