using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Notices;

/// <summary>A way to whoever is to be told.</summary>
internal interface INoticePost
{
    /// <summary>Sends once. What goes wrong on the way is in what comes back, or thrown: both are a failed attempt.</summary>
    Task<Delivery> SendAsync(NotificationChannel channel, NoticeRecord notice, CancellationToken cancellationToken);
}

/// <summary>What became of one attempt. The zero value failed.</summary>
/// <param name="Problem">In Gateway's own words: nothing that the other side said, and no secret.</param>
/// <param name="IsFinal">Whether it is no use to try again.</param>
/// <param name="Wait">How long the other side wants to be left alone; null where it didn't say.</param>
internal readonly record struct Delivery(bool IsSent, string Problem, bool IsFinal = false, TimeSpan? Wait = null)
{
    public static Delivery Sent => new(true, "");

    public static Delivery Failed(string problem) => new(false, problem);
}

/// <summary>When to try again.</summary>
internal static class NoticeWaits
{
    /// <summary>Between the attempts: who is away for a quarter of an hour misses nothing.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
    ];

    /// <value>How long another may have us wait.</value>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <value>A notice that failed so often is a dead letter.</value>
    public static int MostAttempts => Waits.Length + 1;

    /// <summary>Null for never.</summary>
    /// <param name="failed">Attempts that failed, this one too.</param>
    /// <param name="jitter">From 0 to 1: those who failed together needn't come back together.</param>
    public static TimeSpan? After(int failed, Delivery delivery, double jitter)
    {
        if (delivery.IsFinal || failed >= MostAttempts)
        {
            return null;
        }

        var wait = Waits[failed - 1] * (1 + (jitter / 5));
        return delivery.Wait is { } wanted && wanted > wait ? (wanted < Longest ? wanted : Longest) : wait;
    }
}
