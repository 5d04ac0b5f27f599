using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>The agents: who they are by the documents, and how they stand by what operators said since.</summary>
internal static class AgentOperations
{
    public static IResult List(OperatorCall call) =>
        Results.Json(
            new AgentList([
                .. (call.Documents?.Agents.Values ?? [])
                    .Select(one => new AgentSummary(
                        one.Agent.Id.ToString(),
                        one.Agent.Workspace.ToString(),
                        one.Agent.HumanOwner ?? "",
                        Word(one.Agent.Status),
                        Vocabulary.Level.Text(one.Agent.Level)
                    ))
                    .OrderBy(one => one.Name, StringComparer.Ordinal),
            ])
        );

    public static async Task<IResult> FindAsync(OperatorCall call, string agent) =>
        Find(call, agent) is { } found ? Results.Json(await ViewAsync(call, found)) : Problem.NotFound("such agent");

    /// <summary>Who may stop may not let go on again: that is a security-admin's.</summary>
    public static async Task<IResult> SetStandingAsync(OperatorCall call, string agent, StandingBody body)
    {
        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        if (Find(call, agent) is not { } found)
        {
            return Problem.NotFound("such agent");
        }

        LifecycleStatus? status =
            body.Status is null ? null
            : Enum.TryParse<LifecycleStatus>(body.Status, ignoreCase: true, out var parsed) ? parsed
            : LifecycleStatus.Unknown;
        var level = AtfLevel.Unassigned;
        if (
            status is LifecycleStatus.Unknown
            || status is not (null or LifecycleStatus.Active or LifecycleStatus.Suspended)
            || (body.Level is not null && body.Level != "document" && !Vocabulary.Level.TryParse(body.Level, out level))
            || (status is null && body.Level is null)
        )
        {
            return Problem.Invalid(
                body.Level is null ? "status" : "level",
                "That is no standing.",
                "Say 'status' as 'suspended' or 'active', or 'level' as L1 to L4, or as 'document' to lift a demotion."
            );
        }

        if ((status == LifecycleStatus.Active || body.Level == "document") && !call.Who.Roles.HasFlag(OperatorRoles.SecurityAdmin))
        {
            return Problem.Forbidden("role_missing", "Only a security-admin lets an agent go on again.", "Have a security-admin do it.");
        }

        if (level > await call.Services.Store.FindLevelAsync(call.Tenant, found.Agent.Id, call.Cancelled))
        {
            return Problem.Conflict(
                "demoted_to_less",
                "The agent is demoted to less than that.",
                "A security-admin lifts that demotion first."
            );
        }

        await using var store = call.Durable(body.Reason);
        if (status is { } set)
        {
            await store.SetLifecycleAsync(call.Tenant, found.Agent.Id, set, call.Now, call.Cancelled);
        }

        if (body.Level is not null)
        {
            await store.SetLevelAsync(call.Tenant, found.Agent.Id, body.Level == "document" ? null : level, call.Now, call.Cancelled);
        }

        await call.Services.FollowAsync(call.Tenant, call.Cancelled);
        return Results.Json(await ViewAsync(call, found));
    }

    internal static AgentDossier? Find(OperatorCall call, string agent) =>
        Id<Agent>.TryParse(agent, out var id) ? call.Documents?.Agents.GetValueOrDefault(id) : null;

    private static async Task<AgentView> ViewAsync(OperatorCall call, AgentDossier found)
    {
        var (store, id) = (call.Services.Store, found.Agent.Id);
        var status = await store.FindLifecycleAsync(call.Tenant, id, call.Cancelled);
        var level = await store.FindLevelAsync(call.Tenant, id, call.Cancelled);
        return new AgentView(
            id.ToString(),
            found.Agent.Workspace.ToString(),
            found.Agent.HumanOwner ?? "",
            Word(found.Agent.Status),
            Vocabulary.Level.Text(found.Agent.Level),
            status is { } said ? Word(said) : null,
            level is { } demoted ? Vocabulary.Level.Text(demoted) : null
        );
    }

    private static string Word(LifecycleStatus status) => status.ToString().ToLowerInvariant();
}

/// <param name="Status"><c>suspended</c> or <c>active</c>; null leaves it.</param>
/// <param name="Level">L1 to L4, or <c>document</c> to lift a demotion; null leaves it.</param>
internal sealed record StandingBody(string Reason, string? Status = null, string? Level = null);

internal sealed record AgentList(IReadOnlyList<AgentSummary> Items);

internal sealed record AgentSummary(string Name, string Workspace, string Owner, string Status, string Level);

/// <param name="Status">By its document.</param>
/// <param name="Level">By its document.</param>
/// <param name="SetStatus">What an operator said since; the stricter counts. Null for nothing.</param>
/// <param name="SetLevel">What an operator, or a trigger, demoted it to; null for nothing.</param>
internal sealed record AgentView(
    string Name,
    string Workspace,
    string Owner,
    string Status,
    string Level,
    string? SetStatus,
    string? SetLevel
);
