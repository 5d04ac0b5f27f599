using System.Runtime.CompilerServices;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Approvals;

/// <summary>
/// The agent's own approval: now, once it is decided, or each change of it as an event. One that never was, another agent's and another
/// tenant's are unknown alike.
/// </summary>
/// <param name="id">As it stands in the path, unchecked.</param>
internal sealed class ApprovalCall(
    IDoor door,
    ApprovalStore approvals,
    ApprovalWaits waits,
    ApprovalOptions options,
    TimeProvider time,
    string id
) : ReadingCall(door, ApprovalDoor.Route)
{
    private const string Events = "text/event-stream";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public override async ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await approvals.FindAsync(tenant.Tenant.Id, id, time.GetUtcNow(), cancellationToken);
            return found?.Agent != agent.Agent.Id.ToString() ? ReasonCode.UnknownObject
                : AsksForEvents(envelope.Http.Request) ? Stream(tenant.Tenant.Id, found)
                : !HandlingAsked.Read(envelope.Http.Request.Headers).TryGet(out var asked, out var unclear) ? unclear
                : asked.Wait is { } wait ? await WaitAsync(tenant.Tenant.Id, found, wait, cancellationToken)
                : ApprovalStatus.Answer(found);
        }
        catch (DurableStoreException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }

    /// <summary>Once it is no longer undecided: who asks too late isn't kept waiting.</summary>
    private async Task<Result<ReadingAnswer>> WaitAsync(
        Id<Tenant> tenant,
        ApprovalRecord found,
        TimeSpan wait,
        CancellationToken cancellationToken
    )
    {
        using var place = waits.TryEnter(tenant, found.Agent);
        if (place is null)
        {
            return TooMany(found);
        }

        var began = time.GetTimestamp();
        while (
            found.State == ApprovalState.Pending && !waits.IsEnding && wait - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero
        )
        {
            found = await waits.NextAsync(tenant, found, left, cancellationToken);
        }

        return ApprovalStatus.Answer(found) with
        {
            Waited = wait,
        };
    }

    private Result<ReadingAnswer> Stream(Id<Tenant> tenant, ApprovalRecord found) =>
        waits.TryEnter(tenant, found.Agent) is { } place
            ? new ReadingAnswer(Events, ApprovalStatus.Event(found)) { Place = place, Rest = RestAsync(tenant, found) }
            : TooMany(found);

    /// <summary>Until nothing can become of it any more, or the process is about to end: the caller then asks another replica.</summary>
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> RestAsync(
        Id<Tenant> tenant,
        ApprovalRecord known,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        while (known.IsLive && !waits.IsEnding)
        {
            var next = await waits.NextAsync(tenant, known, options.KeepAlive, cancellationToken);
            var isNews = next.State != known.State || next.Votes.Count != known.Votes.Count;
            known = next;
            yield return isNews ? ApprovalStatus.Event(known) : ApprovalStatus.Alive;
        }
    }

    private static Refusal TooMany(ApprovalRecord found) =>
        new(ReasonCode.RateLimited, Note: $"agent/{found.Agent}/approval_waits", RetryAfter: RetryAfter);

    private static bool AsksForEvents(HttpRequest request)
    {
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            if (accepted.MediaType.Equals(Events, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0)
            {
                return true;
            }
        }

        return false;
    }
}
