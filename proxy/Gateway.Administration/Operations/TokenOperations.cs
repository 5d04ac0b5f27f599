using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>Tokens, by which programs work for an operator: named, with an end, and never with more than the operator may.</summary>
internal static class TokenOperations
{
    private const int LongestDays = 365;

    public static async Task<IResult> ListOwnAsync(OperatorCall call) =>
        Results.Json(await ListAsync(call, one => one.Operator == call.Who.Operator.Name));

    public static async Task<IResult> ListAsync(OperatorCall call) => Results.Json(await ListAsync(call, static _ => true));

    public static async Task<IResult> CreateOwnAsync(OperatorCall call, NewTokenBody body)
    {
        if (call.Who.Key.Kind != OperatorKeyKind.Session)
        {
            return Problem.Forbidden("session_required", "A token makes no other token.", "Sign in.");
        }

        var problem =
            ReasonText.Check(body.Reason)
            ?? (
                Id<OperatorKey>.TryParse(body.Name, out _)
                    ? null
                    : Problem.Invalid("name", $"'{body.Name}' is no name.", "Use 1 to 64 of 'a-z 0-9 . _ -', a letter or digit first.")
            )
            ?? (
                body.Days is >= 1 and <= LongestDays
                    ? null
                    : Problem.Invalid("days", "A token lives from 1 to 365 days.", "Say for how many days it is needed.")
            );
        if (problem is not null)
        {
            return problem;
        }

        if (!RoleNames.TryParse(body.Roles, out var roles, out var unknown))
        {
            return Problem.Invalid("roles", $"'{unknown}' is no role.", $"The roles are {string.Join(", ", RoleNames.All)}.");
        }

        if ((roles & ~call.Who.Roles) is not OperatorRoles.None and var over)
        {
            return Problem.Forbidden(
                "role_missing",
                $"You aren't {RoleNames.Text(over)} yourself.",
                "A token has some of its operator's roles."
            );
        }

        var (key, text) = call.Services.Keys.Issue(
            call.Tenant,
            OperatorKeyKind.Token,
            call.Who.Operator.Name,
            roles,
            call.Now,
            TimeSpan.FromDays(body.Days)
        );
        key = key with { Name = body.Name };
        return await call.Operators(body.Reason).AddKeyAsync(call.Tenant, key, call.Cancelled)
            ? Results.Json(new NewToken(TokenView.Of(key), text.Reveal()), statusCode: StatusCodes.Status201Created)
            : Problem.Conflict("name_taken", $"You have a token '{body.Name}'.", "Take another name, or revoke that one first.");
    }

    public static Task<IResult> RevokeOwnAsync(OperatorCall call, string id) =>
        RevokeAsync(call, id, one => one.Operator == call.Who.Operator.Name);

    public static Task<IResult> RevokeAsync(OperatorCall call, string id) => RevokeAsync(call, id, static _ => true);

    private static async Task<TokenList> ListAsync(OperatorCall call, Func<OperatorKey, bool> which) =>
        new([
            .. (await call.Operators().ListKeysAsync(call.Tenant, OperatorKeyKind.Token, call.Cancelled)).Where(which).Select(TokenView.Of),
        ]);

    private static async Task<IResult> RevokeAsync(OperatorCall call, string id, Func<OperatorKey, bool> which) =>
        await call.Operators().FindKeyAsync(call.Tenant, id, call.Cancelled) is { Kind: OperatorKeyKind.Token } key
        && which(key)
        && await call.Operators().RemoveKeyAsync(call.Tenant, id, call.Now, call.Cancelled)
            ? Results.NoContent()
            : Problem.NotFound("such token");
}

internal sealed record NewTokenBody(string Name, IReadOnlyList<string> Roles, int Days, string Reason);

/// <param name="Secret">Shown this once.</param>
internal sealed record NewToken(TokenView Token, string Secret);

internal sealed record TokenList(IReadOnlyList<TokenView> Items);

internal sealed record TokenView(
    string Id,
    string Name,
    string Operator,
    IReadOnlyList<string> Roles,
    DateTimeOffset At,
    DateTimeOffset Ends
)
{
    public static TokenView Of(OperatorKey key) => new(key.Id, key.Name, key.Operator, RoleNames.Of(key.Roles), key.At, key.Ends);
}
