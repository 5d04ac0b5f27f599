using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Notices;

/// <summary>Notices of channels that no document has: an instance that runs gives up those that wait.</summary>
internal static class DeadLetters
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Puts two dead letters there, about <c>apr_a</c> and <c>apr_b</c>, and perhaps one that waits.</summary>
    public static async Task PutAsync(SqlStore store, bool oneWaits)
    {
        await store.PrepareAsync([Demo], None);
        var now = TimeProvider.System.GetUtcNow();
        var origin = new ChangeOrigin("gateway", "here", "");
        foreach (var id in oneWaits ? (string[])["a", "b", "c"] : ["a", "b"])
        {
            await new ApprovalStore(store.Databases, origin).AskAsync(
                Demo,
                new ApprovalRecord
                {
                    Id = "apr_" + id,
                    Agent = "assistant",
                    Action = "act-" + id,
                    View = "{}",
                    ViewDigest = "view",
                    Gates = ["payments"],
                    Needed = 1,
                    DecisionId = "d-1",
                    At = now,
                    Ends = now.AddHours(1),
                    TimeToUse = TimeSpan.FromMinutes(15),
                },
                most: 10,
                None
            );
        }

        var notices = new NoticeStore(store.Databases, origin);
        await notices.FollowAsync(Demo, happened => [NoticeOf(happened)], None);
        foreach (var channel in new[] { "to-apr_a", "to-apr_b" })
        {
            var taken = await notices.TakeAsync(Demo, channel, now, TimeSpan.FromMinutes(1), None);
            await notices.FailedAsync(Demo, taken!, "It answered 503.", null, now, None);
        }
    }

    private static NoticeRecord NoticeOf(ApprovalEvent happened) =>
        new()
        {
            Id = "ntc_" + happened.Approval.Id,
            Channel = "to-" + happened.Approval.Id,
            Event = happened.Event,
            Approval = happened.Approval.Id,
            Facts = "{}",
            At = happened.At,
            Due = happened.At,
        };
}
