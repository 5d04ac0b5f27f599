using System.Text.Json;
using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>What people are told of approvals, and what could not be told.</summary>
internal static class NoticeOperations
{
    public static async Task<IResult> ListAsync(OperatorCall call, string? limit, string? cursor, string? state)
    {
        if (PageCursor.Read(limit, cursor, out var most, out var after) is { } problem)
        {
            return problem;
        }

        NoticeState? wanted =
            state is null ? null
            : Enum.TryParse<NoticeState>(state, ignoreCase: true, out var parsed) ? parsed
            : NoticeState.Unknown;
        if (wanted is { } one && (one == NoticeState.Unknown || !Enum.IsDefined(one)))
        {
            return Problem.Invalid("state", "That is no state of a notice.", "Say waiting, sent or dead.");
        }

        var found = await call.Notices().PageAsync(call.Tenant, wanted, after, most + 1, call.Cancelled);
        var shown = found.Take(most).ToList();
        return Results.Json(
            new NoticeList(
                [.. shown.Select(NoticeView.Of)],
                found.Count > most ? PageCursor.Write(shown[^1].At, shown[^1].Id) : null,
                call.Now
            )
        );
    }

    public static async Task<IResult> ResendAsync(OperatorCall call, string id, ReasonBody body)
    {
        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        var notices = call.Notices(body.Reason);
        if (await notices.FindAsync(call.Tenant, id, call.Cancelled) is not { } found)
        {
            return Problem.NotFound("such notice");
        }

        return
            await notices.ResendAsync(call.Tenant, id, call.Now, call.Cancelled)
            && await notices.FindAsync(call.Tenant, id, call.Cancelled) is { } after
            ? Results.Json(NoticeView.Of(after))
            : Problem.Conflict("not_dead", $"{found.Id} is no dead letter.", "What waits is sent by itself, and what was sent was taken.");
    }
}

/// <param name="Next">Where the next page begins; null where there is none.</param>
internal sealed record NoticeList(IReadOnlyList<NoticeView> Items, string? Next, DateTimeOffset AsOf);

/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>dead</c>.</param>
/// <param name="Due">When it is sent; null for one that isn't any more.</param>
/// <param name="Problem">Why it failed the last time; empty where it never did.</param>
/// <param name="Facts">What is told.</param>
internal sealed record NoticeView(
    string Id,
    string State,
    string Channel,
    string Event,
    string Approval,
    DateTimeOffset At,
    DateTimeOffset? Due,
    DateTimeOffset? Ended,
    int Attempts,
    string Problem,
    JsonElement Facts
)
{
    public static NoticeView Of(NoticeRecord one) =>
        new(
            one.Id,
            one.State.ToString().ToLowerInvariant(),
            one.Channel,
            Vocabulary.NoticeEvent.Text(one.Event),
            one.Approval,
            one.At,
            one.State == NoticeState.Waiting ? one.Due : null,
            one.Ended,
            one.Attempts,
            one.Problem,
            JsonElement.Parse(one.Facts)
        );
}
