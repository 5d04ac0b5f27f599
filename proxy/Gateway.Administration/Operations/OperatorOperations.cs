using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>Who works with Gateway itself. Nobody changes what they themselves may do.</summary>
internal static class OperatorOperations
{
    private const string Platform = "platform-admin";
    private static readonly TimeSpan LongestBreakGlass = TimeSpan.FromDays(1);

    public static async Task<IResult> ListAsync(OperatorCall call) =>
        Results.Json(
            new OperatorList([
                .. (await call.Operators().ListAsync(call.Tenant, call.Cancelled)).Select(one => OperatorView.Of(one, call.Now)),
            ])
        );

    public static async Task<IResult> FindAsync(OperatorCall call, string name) =>
        await call.Operators().FindAsync(call.Tenant, name, call.Cancelled) is { } found
            ? Show(call, found)
            : OperatorProblems.Of(OperatorOutcome.Unknown, name);

    public static async Task<IResult> AddAsync(OperatorCall call, NewOperator body)
    {
        var roles = OperatorRoles.None;
        var problem =
            ReasonText.Check(body.Reason)
            ?? CheckName(body.Name)
            ?? CheckPerson(body.Person)
            ?? CheckPassword(body.Password)
            ?? RolesOf(call, body.Roles, OperatorRoles.None, out roles);
        if (problem is not null)
        {
            return problem;
        }

        var record = new OperatorRecord
        {
            Name = body.Name,
            Person = body.Person ?? body.Name,
            Roles = roles,
            BreakGlassUntil = roles.HasFlag(OperatorRoles.BreakGlass) ? call.Now + LongestBreakGlass : null,
            Password = body.Password is null ? null : await PasswordHash.ComputeAsync(body.Password, call.Cancelled),
            At = call.Now,
        };
        var outcome = await call.Operators(body.Reason).AddAsync(call.Tenant, record, call.Cancelled);
        return outcome == OperatorOutcome.Done ? Show(call, record, StatusCodes.Status201Created) : OperatorProblems.Of(outcome, body.Name);
    }

    public static async Task<IResult> ChangeAsync(OperatorCall call, string name, OperatorChange body)
    {
        if (Guard(call, name, body.Reason, out var version) is { } refused)
        {
            return refused;
        }

        if (await call.Operators().FindAsync(call.Tenant, name, call.Cancelled) is not { } before)
        {
            return OperatorProblems.Of(OperatorOutcome.Unknown, name);
        }

        if (before.Version != version)
        {
            return OperatorProblems.Of(OperatorOutcome.Stale, name); // What is checked here is what is changed.
        }

        var roles = before.Roles;
        var problem =
            CheckPlatform(call, before, body)
            ?? (body.Person is null ? null : CheckPerson(body.Person))
            ?? CheckPassword(body.Password)
            ?? (body.Roles is null ? null : RolesOf(call, body.Roles, before.Roles, out roles));
        if (problem is not null)
        {
            return problem;
        }

        var password = body.Password is null ? before.Password : await PasswordHash.ComputeAsync(body.Password, call.Cancelled);
        var (outcome, after) = await call.Operators(body.Reason)
            .ChangeAsync(
                call.Tenant,
                name,
                version,
                found =>
                    found with
                    {
                        Person = body.Person ?? found.Person,
                        Roles = roles,
                        BreakGlassUntil = UntilOf(found, body.Roles is not null && roles.HasFlag(OperatorRoles.BreakGlass), call.Now),
                        Password = password,
                        Suspended = body.Suspended ?? found.Suspended,
                    },
                call.Now,
                call.Cancelled
            );
        return outcome == OperatorOutcome.Done ? Show(call, after!) : OperatorProblems.Of(outcome, name);
    }

    public static async Task<IResult> RemoveAsync(OperatorCall call, string name, [Microsoft.AspNetCore.Mvc.FromBody] ReasonBody body)
    {
        if (Guard(call, name, body.Reason, out var version) is { } refused)
        {
            return refused;
        }

        if (
            await call.Operators().FindAsync(call.Tenant, name, call.Cancelled) is { } before
            && before.Roles.HasFlag(OperatorRoles.PlatformAdmin)
            && ForPlatform(call, $"Only a {Platform} removes a {Platform}.") is { } problem
        )
        {
            return problem;
        }

        var outcome = await call.Operators(body.Reason).RemoveAsync(call.Tenant, name, version, call.Now, call.Cancelled);
        return outcome == OperatorOutcome.Done ? Results.NoContent() : OperatorProblems.Of(outcome, name);
    }

    private static DateTimeOffset? UntilOf(OperatorRecord found, bool isGivenAnew, DateTimeOffset now) =>
        isGivenAnew ? now + LongestBreakGlass : found.BreakGlassUntil;

    /// <summary>What every change of an operator must be: of another, with a reason, of a version.</summary>
    private static Problem? Guard(OperatorCall call, string name, string reason, out long version)
    {
        version = 0;
        return name == call.Who.Operator.Name
            ? Problem.Forbidden("own_account", "Nobody changes what they themselves may do.", "Have another tenant-admin do it.")
            : ReasonText.Check(reason) ?? Versions.Demand(call.Http, out version);
    }

    internal static Problem? CheckName(string name) =>
        Id<OperatorRecord>.TryParse(name, out _)
            ? null
            : Problem.Invalid("name", $"'{name}' is no name.", "Use 1 to 64 of 'a-z 0-9 . _ -', a letter or digit first.");

    internal static Problem? CheckPerson(string? person) =>
        person is null || (PersonName.Of(person).Length > 0 && person.Length <= 100 && !person.Any(char.IsControl))
            ? null
            : Problem.Invalid("person", "That names nobody.", "Name the person as governance documents do, in at most 100 characters.");

    internal static Problem? CheckPassword(string? password) =>
        password is null || PasswordHash.IsLongEnough(password)
            ? null
            : Problem.Invalid(
                "password",
                $"A password has {PasswordHash.Shortest} to {PasswordHash.Longest} characters.",
                "Take some words that nobody would put together."
            );

    /// <summary>Only the platform's administrators make others such.</summary>
    private static Problem? RolesOf(OperatorCall call, IReadOnlyList<string> names, OperatorRoles before, out OperatorRoles roles)
    {
        if (!RoleNames.TryParse(names, out roles, out var unknown))
        {
            return Problem.Invalid("roles", $"'{unknown}' is no role.", $"The roles are {string.Join(", ", RoleNames.All)}.");
        }

        var isMoved = (roles ^ before).HasFlag(OperatorRoles.PlatformAdmin);
        return isMoved ? ForPlatform(call, $"Only a {Platform} gives or takes the role '{Platform}'.") : null;
    }

    /// <summary>
    /// Who sets another's password can sign in as them: a tenant's administrator would stop other tenants. To suspend one is open to them.
    /// </summary>
    private static Problem? CheckPlatform(OperatorCall call, OperatorRecord before, OperatorChange body) =>
        before.Roles.HasFlag(OperatorRoles.PlatformAdmin) && body is not { Person: null, Roles: null, Password: null, Suspended: true }
            ? ForPlatform(call, $"Only a {Platform} changes a {Platform}.")
            : null;

    private static Problem? ForPlatform(OperatorCall call, string problem) =>
        call.Who.Roles.HasFlag(OperatorRoles.PlatformAdmin)
            ? null
            : Problem.Forbidden("role_missing", problem, $"Have a {Platform} do it.");

    private static IResult Show(OperatorCall call, OperatorRecord record, int status = StatusCodes.Status200OK)
    {
        Versions.Say(call.Http, record.Version);
        return Results.Json(OperatorView.Of(record, call.Now), statusCode: status);
    }
}

/// <param name="Person">As governance documents name the person; null for the same as the name.</param>
internal sealed record NewOperator(string Name, IReadOnlyList<string> Roles, string Reason, string? Person = null, string? Password = null);

/// <summary>What isn't said stays.</summary>
internal sealed record OperatorChange(
    string Reason,
    string? Person = null,
    IReadOnlyList<string>? Roles = null,
    string? Password = null,
    bool? Suspended = null
);

internal sealed record ReasonBody(string Reason);

internal sealed record OperatorList(IReadOnlyList<OperatorView> Items);

internal sealed record OperatorView(
    string Name,
    string Person,
    IReadOnlyList<string> Roles,
    bool Suspended,
    bool HasPassword,
    DateTimeOffset? BreakGlassUntil,
    DateTimeOffset At,
    long Version
)
{
    public static OperatorView Of(OperatorRecord one, DateTimeOffset now) =>
        new(
            one.Name,
            one.Person,
            RoleNames.Of((one with { Suspended = false }).RolesAt(now)),
            one.Suspended,
            one.Password is not null,
            one.BreakGlassUntil,
            one.At,
            one.Version
        );
}
