using Gateway.Administration.Calls;
using Gateway.Administration.SignIn;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>Signing in, and what everybody may do with their own session.</summary>
internal static class SessionOperations
{
    public static async Task<IResult> SignInAsync(OperatorCall call, SignInBody body, SignInDesk desk)
    {
        var (who, problem) = await desk.CheckAsync(call, body.Tenant, body.Name, body.Password);
        return who is null ? problem! : await desk.BeginAsync(call, who.Value.Tenant, who.Value.Operator, body.Name);
    }

    public static async Task<IResult> SetUpAsync(OperatorCall call, SetUpBody body, SignInDesk desk)
    {
        if (!Id<OperatorRecord>.TryParse(body.Name, out _) || PersonName.Of(body.Person).Length == 0 || body.Person.Length > 100)
        {
            return Problem.Invalid("name", "An operator has a name of 1 to 64 of 'a-z 0-9 . _ -' and a person.", "Name both.");
        }

        if (!PasswordHash.IsLongEnough(body.Password))
        {
            return PasswordProblem("password");
        }

        return await desk.SetUpAsync(call, body.Key, body.Name, body.Person, body.Password);
    }

    public static IResult Show(OperatorCall call) =>
        Results.Json(SessionView.Of(call.Tenant, call.Who.Operator, call.Who.Key, call.Who.Roles));

    public static async Task<IResult> SignOutAsync(OperatorCall call)
    {
        if (call.Who.Key.Kind != OperatorKeyKind.Session)
        {
            return Problem.Invalid(null, "A token has no session.", "Revoke it: DELETE /admin/v1/session/tokens/{id}.");
        }

        await call.Operators().RemoveKeyAsync(call.Tenant, call.Who.Key.Id, call.Now, call.Cancelled);
        SessionCookie.Clear(call.Http);
        return Results.NoContent();
    }

    public static async Task<IResult> SetPasswordAsync(OperatorCall call, PasswordBody body, SignInDesk desk)
    {
        if (call.Who.Key.Kind != OperatorKeyKind.Session)
        {
            return Problem.Forbidden("session_required", "A token can't change a password.", "Sign in.");
        }

        if (!PasswordHash.IsLongEnough(body.Password))
        {
            return PasswordProblem("password");
        }

        var (who, problem) = await desk.CheckAsync(call, call.Tenant.ToString(), call.Who.Operator.Name, body.Current);
        if (who is null)
        {
            return problem!;
        }

        var hash = await PasswordHash.ComputeAsync(body.Password, call.Cancelled);
        var (outcome, _) = await call.Operators("own password")
            .ChangeAsync(
                call.Tenant,
                call.Who.Operator.Name,
                call.Who.Operator.Version,
                found => found with { Password = hash },
                call.Now,
                call.Cancelled
            );
        SessionCookie.Clear(call.Http);
        return outcome == OperatorOutcome.Done ? Results.NoContent() : OperatorProblems.Of(outcome, call.Who.Operator.Name);
    }

    public static async Task<IResult> ProveAsync(OperatorCall call, ProofBody body, SignInDesk desk)
    {
        if (call.Who.Key.Kind != OperatorKeyKind.Session)
        {
            return Problem.Forbidden("session_required", "A token proves a program, and no person.", "Sign in.");
        }

        var (who, problem) = await desk.CheckAsync(call, call.Tenant.ToString(), call.Who.Operator.Name, body.Password);
        if (who is null)
        {
            return problem!;
        }

        var proven = call.Who.Key with { Proven = call.Now, Seen = call.Now };
        await call.Operators().SeeAsync(call.Tenant, proven, call.Cancelled);
        return Results.Json(SessionView.Of(call.Tenant, call.Who.Operator, proven, call.Who.Roles));
    }

    public static Problem PasswordProblem(string field) =>
        Problem.Invalid(
            field,
            $"A password has {PasswordHash.Shortest} to {PasswordHash.Longest} characters.",
            "Take some words that nobody would put together."
        );
}

internal sealed record SignInBody(string Tenant, string Name, string Password);

/// <param name="Key">What <c>gateway operators setup</c> shows.</param>
internal sealed record SetUpBody(string Key, string Name, string Person, string Password);

internal sealed record PasswordBody(string Current, string Password);

internal sealed record ProofBody(string Password);

/// <param name="Csrf">What each change by this session carries in <c>Gateway-Csrf</c>; empty for a token.</param>
internal sealed record SessionView(
    string Tenant,
    string Name,
    string Person,
    IReadOnlyList<string> Roles,
    string Csrf,
    DateTimeOffset Ends,
    DateTimeOffset FreshUntil
)
{
    public static SessionView Of(Id<Tenant> tenant, OperatorRecord found, OperatorKey key, OperatorRoles roles) =>
        new(
            tenant.ToString(),
            found.Name,
            found.Person,
            RoleNames.Of(roles),
            key.Csrf,
            key.Ends,
            key.Kind == OperatorKeyKind.Session ? key.Proven + OperatorAuthentication.Fresh : key.At
        );
}
