using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Administration.SignIn;

/// <summary>
/// Checks passwords and keys of strangers. A name that isn't there costs what one costs that is. What is refused is on record, and slows
/// down what comes next.
/// </summary>
internal sealed class SignInDesk(OperatorServices services, SignInThrottle throttle)
{
    /// <summary>The operator, or why not: one answer for a tenant, a name and a password that are wrong.</summary>
    public async Task<((Id<Tenant> Tenant, OperatorRecord Operator)? Who, Problem? Problem)> CheckAsync(
        OperatorCall call,
        string tenantName,
        string name,
        string password
    )
    {
        // Who is signed in already proves themselves apart from strangers, who would keep them from it.
        string[] keys = call.IsProven
            ? [$"session of {Shown(tenantName)}/{Shown(name)}"]
            : [$"name {Shown(tenantName)}/{Shown(name)}", $"address {call.Address}"];
        if (throttle.Wait(keys) is { Ticks: > 0 } wait)
        {
            return (null, TooMany(call.Http, wait));
        }

        throttle.Begin(keys);
        var isThere = Id<Tenant>.TryParse(tenantName, out var tenant) && services.Governance.Find(tenant) is not null;
        var found = isThere ? await services.Operators.FindAsync(tenant, name, call.Cancelled) : null;
        if (!await PasswordHash.VerifyAsync(found?.Password, password, call.Cancelled) || found is null || found.Suspended)
        {
            if (isThere)
            {
                var origin = call.Origin("wrong password, or nobody who may sign in") with { By = $"operator:{Shown(name)}" };
                await services.AnnounceAsync(tenant, GovernedChange.SignInRefused, Shown(name), origin, call.Cancelled);
            }

            return (null, Problem.Unauthenticated);
        }

        throttle.Forget(keys[0]);
        throttle.TakeBack(keys[1..]);
        return ((tenant, found), null);
    }

    /// <summary>Signs in by password.</summary>
    public async Task<IResult> SignInAsync(OperatorCall call, string tenantName, string name, string password)
    {
        var (who, problem) = await CheckAsync(call, tenantName, name, password);
        if (who is not { } known)
        {
            return problem!;
        }

        await services.AnnounceAsync(
            known.Tenant,
            GovernedChange.OperationAsked,
            "POST /admin/v1/sign-in",
            call.Origin(""),
            call.Cancelled
        );
        return await BeginAsync(call, known.Tenant, known.Operator);
    }

    /// <summary>Begins a session, whose key is in a cookie and nowhere else.</summary>
    private async Task<IResult> BeginAsync(OperatorCall call, Id<Tenant> tenant, OperatorRecord found)
    {
        var roles = found.RolesAt(call.Now);
        var (key, text) = services.Keys.Issue(
            tenant,
            OperatorKeyKind.Session,
            found.Name,
            roles,
            call.Now,
            OperatorAuthentication.SessionLife
        );
        var origin = new ChangeOrigin($"operator:{found.Name}", $"{call.Address}: sign-in", "");
        if (!await new OperatorStore(services.Store.Databases, origin).AddKeyAsync(tenant, key, call.Cancelled))
        {
            return Problem.Unauthenticated;
        }

        await services.RecordAsync(tenant, call.Cancelled);
        SessionCookie.Set(call.Http, text.Reveal());
        return Results.Json(SessionView.Of(tenant, found, key, roles));
    }

    /// <summary>Makes the first operator and signs them in.</summary>
    public async Task<IResult> SetUpAsync(OperatorCall call, string text, string name, string person, string password)
    {
        string[] keys = [$"address {call.Address}"];
        if (throttle.Wait(keys) is { Ticks: > 0 } wait)
        {
            return TooMany(call.Http, wait);
        }

        throttle.Begin(keys);
        var store = new OperatorStore(services.Store.Databases, new ChangeOrigin($"operator:{name}", $"{call.Address}: setup", ""));
        if (
            !OperatorKeyIssuer.TryRead(text, OperatorKeyKind.Setup, out var tenant, out var id)
            || services.Governance.Find(tenant) is null
            || await store.FindKeyAsync(tenant, id, call.Cancelled) is not { Kind: OperatorKeyKind.Setup } key
            || !services.Keys.Verify(key, text, call.Now)
        )
        {
            return Problem.Unauthenticated;
        }

        throttle.Forget(keys);
        var first = new OperatorRecord
        {
            Name = name,
            Person = person,
            Roles = key.Roles,
            Password = await PasswordHash.ComputeAsync(password, call.Cancelled),
            At = call.Now,
        };
        await services.AnnounceAsync(
            tenant,
            GovernedChange.OperationAsked,
            "POST /admin/v1/setup",
            call.Origin("first operator"),
            call.Cancelled
        );
        var outcome = await store.SetUpAsync(tenant, key.Id, first, call.Cancelled);
        return outcome switch
        {
            OperatorOutcome.Done => await BeginAsync(call, tenant, first),
            OperatorOutcome.NameTaken or OperatorOutcome.PersonTaken => Problem.Conflict(
                "name_taken",
                $"There is an operator '{name}', or one for that person.",
                "Take another name; the key is still good."
            ),
            _ => Problem.Unauthenticated,
        };
    }

    /// <summary>A stranger's text in a record, or kept in memory: bounded, and on one line.</summary>
    private static string Shown(string name) => Id<OperatorRecord>.TryParse(name, out var known) ? known.ToString() : "(no name)";

    private static Problem TooMany(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(
            StatusCodes.Status429TooManyRequests,
            "too_many_attempts",
            $"Too many sign-ins failed under this name or from this address: the next try is in {seconds} s.",
            "Wait. A tenant-admin can set another password meanwhile."
        );
    }
}
