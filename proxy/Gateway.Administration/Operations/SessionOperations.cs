using Gateway.Administration.Calls;
using Gateway.Administration.SignIn;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;

namespace Gateway.Administration.Operations;

/// <summary>Signing in, and what everybody may do with their own session.</summary>
internal static class SessionOperations
{
    public static Task<IResult> SignInAsync(OperatorCall call, SignInBody body, SignInDesk desk) =>
        desk.SignInAsync(call, body.Tenant, body.Name, body.Password);

    public static async Task<IResult> SetUpAsync(OperatorCall call, SetUpBody body, SignInDesk desk)
    {
        var problem =
            OperatorOperations.CheckName(body.Name)
            ?? OperatorOperations.CheckPerson(body.Person)
            ?? OperatorOperations.CheckPassword(body.Password);
        if (problem is not null)
        {
            return problem;
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

        if (OperatorOperations.CheckPassword(body.Password) is { } weak)
        {
            return weak;
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
}

internal sealed record SignInBody(string Tenant, string Name, string Password);

/// <param name="Key">What <c>gateway operators setup</c> shows.</param>
internal sealed record SetUpBody(string Key, string Name, string Person, string Password);

internal sealed record PasswordBody(string Current, string Password);

internal sealed record ProofBody(string Password);
