using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>
/// What is stopped. Who may stop an agent, a connector or an operation may not let it go on again: that is a security-admin's, of the whole
/// tenant a tenant-admin's too. Everything, of all tenants, is a platform-admin's.
/// </summary>
internal static class KillOperations
{
    public static async Task<IResult> ListAsync(OperatorCall call) =>
        Results.Json(new KillList([.. (await call.Kills().ListAsync(call.Tenant, call.Cancelled)).Select(KillView.Of)]));

    public static async Task<IResult> SetAsync(OperatorCall call, NewKill body)
    {
        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        if (!Vocabulary.KillScope.TryParse(body.Scope, out var scope))
        {
            return Problem.Invalid("scope", "That is nothing to stop.", "Say agent, connector, operation, tenant or everything.");
        }

        var may = OfAll(scope) ?? OperatorRoles.Operator | OperatorRoles.SecurityAdmin;
        if ((Missing(call, scope, may, "gateway kill everything") ?? KillTargets.Check(call, scope, body.Target)) is { } refused)
        {
            return refused;
        }

        var kill = call.Kills(body.Reason).New(scope, body.Target, body.Graceful, call.Now);
        var held =
            scope == KillScope.Everything
                ? await EveryTenant.StopAsync(call, kill, body.Reason)
                : await call.Kills(body.Reason).SetAsync(call.Tenant, kill, call.Cancelled);
        await call.Services.FollowAsync(call.Tenant, call.Cancelled);
        return Results.Json(KillView.Of(held), statusCode: held.Id == kill.Id ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public static async Task<IResult> LiftAsync(OperatorCall call, string id, [Microsoft.AspNetCore.Mvc.FromBody] ReasonBody body)
    {
        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        var kills = call.Kills(body.Reason);
        if ((await kills.ListAsync(call.Tenant, call.Cancelled)).FirstOrDefault(one => one.Id == id) is not { } found)
        {
            return Problem.NotFound("such kill");
        }

        if (Missing(call, found.Scope, OfAll(found.Scope) ?? OperatorRoles.SecurityAdmin, $"gateway kill lift {id}") is { } refused)
        {
            return refused;
        }

        if (found.Scope == KillScope.Everything)
        {
            await EveryTenant.LiftAsync(call, id, body.Reason);
        }
        else
        {
            await kills.LiftAsync(call.Tenant, id, call.Now, call.Cancelled);
        }

        await call.Services.FollowAsync(call.Tenant, call.Cancelled);
        return Results.NoContent();
    }

    /// <summary>Whose it is to stop all of a tenant, or more, and to let it go on; null for what is less.</summary>
    private static OperatorRoles? OfAll(KillScope scope) =>
        scope switch
        {
            KillScope.Agent or KillScope.Connector or KillScope.Operation => null,
            KillScope.Everything => OperatorRoles.PlatformAdmin,
            KillScope.Tenant or KillScope.Unknown => OperatorRoles.SecurityAdmin | OperatorRoles.TenantAdmin,
        };

    private static Problem? Missing(OperatorCall call, KillScope scope, OperatorRoles may, string command) =>
        (call.Who.Roles & may) != 0
            ? null
            : Problem.Forbidden(
                "role_missing",
                $"To do this with '{Vocabulary.KillScope.Text(scope)}' is for {RoleNames.Text(may)}.",
                $"Have one of them do it, or run on a machine of the instance: {command} --reason '…'."
            );
}

/// <param name="Target">The agent's or the connector's name, <c>connector/operation</c>; nothing for the tenant and for everything.</param>
/// <param name="Graceful">Whether what runs may finish. Otherwise it ends at once.</param>
internal sealed record NewKill(string Scope, string Reason, string Target = "", bool Graceful = false);

internal sealed record KillList(IReadOnlyList<KillView> Items);

/// <param name="Mode"><c>graceful</c> or <c>at_once</c>.</param>
internal sealed record KillView(string Id, string Scope, string Target, string Mode, string By, string Reason, DateTimeOffset At)
{
    public static KillView Of(Kill one) =>
        new(one.Id, Vocabulary.KillScope.Text(one.Scope), one.Target, one.IsGraceful ? "graceful" : "at_once", one.By, one.Reason, one.At);
}
