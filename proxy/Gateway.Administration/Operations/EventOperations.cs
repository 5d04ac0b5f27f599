using System.Globalization;
using Gateway.Administration.Calls;
using Gateway.Administration.SignIn;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>
/// What changes of the tenant's, as server-sent events: kind, subject and number, never content. Ends where who listens may no longer.
/// </summary>
internal static class EventOperations
{
    private const int Batch = 100;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>At most ten batches a second: a flood of changes becomes fewer, larger ones.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task FollowAsync(OperatorCall call)
    {
        var (http, store) = (call.Http, call.Services.Store);
        var last = await BeginAsync(call);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(call.Cancelled);
        while (await IsStillAsync(call))
        {
            var next = store.NextChange();
            var changes = await store.ChangesAfterAsync(call.Tenant, last, Batch, call.Cancelled);
            foreach (var change in changes)
            {
                last = change.Sequence;
                await WriteAsync(http, last, Vocabulary.Change.Text(change.Kind), change.Subject);
            }

            if (changes.Count == 0)
            {
                await http.Response.WriteAsync(":\n\n", call.Cancelled);
                await http.Response.Body.FlushAsync(call.Cancelled);
                await Task.WhenAny(next, Task.Delay(Look, call.Services.Time, call.Cancelled));
            }

            await Task.Delay(Pause, call.Services.Time, call.Cancelled);
        }
    }

    /// <summary>Where the listener left off; from now on where that isn't known.</summary>
    private static async Task<long> BeginAsync(OperatorCall call)
    {
        var end = await call.Services.Store.LastChangeAsync(call.Tenant, call.Cancelled);
        var said = call.Http.Request.Headers["Last-Event-ID"].ToString();
        return long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= end ? last : end;
    }

    /// <summary>Whether who listens may still. A page that is only open isn't a use: its session ends like any that nobody uses.</summary>
    private static async Task<bool> IsStillAsync(OperatorCall call)
    {
        call.Cancelled.ThrowIfCancellationRequested();
        var (now, problem) = await OperatorAuthentication.ProveAsync(call.Http, call.Services, isUse: false);
        return problem is null && (now!.Roles & call.Who.Roles) != 0;
    }

    private static async Task WriteAsync(HttpContext http, long id, string kind, string subject)
    {
        var data = System.Text.Json.JsonSerializer.Serialize(new { subject }, Json.Options);
        await http.Response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {kind}\ndata: {data}\n\n"),
            http.RequestAborted
        );
    }
}
