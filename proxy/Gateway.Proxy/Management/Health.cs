using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;

namespace Gateway.Proxy.Management;

/// <summary>Health for orchestrators: <c>/livez</c> says that the process answers, <c>/readyz</c> that it can admit something.</summary>
public sealed class Health(
    GovernanceState governance,
    RevocationFeed feed,
    KillSwitch kills,
    EvidenceStage evidence,
    DiskShares shares,
    Drain drain,
    IHostApplicationLifetime lifetime
)
{
    /// <summary>True when the path was one of health's and has been answered.</summary>
    /// <param name="named">Whether who asks may learn which tenants there are.</param>
    public async ValueTask<bool> TryAnswerAsync(HttpContext http, string path, bool named = false)
    {
        if (path is not ("/livez" or "/readyz") || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            return false;
        }

        var checks = path == "/livez" ? [] : Checks();
        var ready = checks.All(c => c.Ok || !c.Needed);
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        Write(
            body,
            !ready ? "unavailable"
                : checks.All(c => c.Ok) ? "ok"
                : "degraded",
            checks,
            path == "/livez" ? null : (KillWord, shares.Words),
            named && path != "/livez" ? governance.Tenants.Where(tenant => tenant.Errors.Count > 0) : []
        );
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
        return true;
    }

    /// <summary>What readiness is made of, and whether each is well.</summary>
    internal IEnumerable<(string Name, bool Ok)> Parts => Checks().Select(check => (check.Name, check.Ok));

    private string KillWord =>
        kills.Active is not { Count: > 0 } active ? "none"
        : active.Contains(KillScope.Everything) ? "everything"
        : "some";

    private bool IsGoverned => governance.Unassigned.Count == 0 && governance.Tenants.All(tenant => tenant.Errors.Count == 0);

    /// <remarks>
    /// Documents that can't come into force reach all replicas at once. None of them may leave for that: each goes on by the old ones.
    /// </remarks>
    private (string Name, bool Ok, bool Needed)[] Checks() =>
        [
            ("governance", IsGoverned, false),
            ("revocations", feed.IsCurrent, true),
            ("journal", evidence.IsWritable, true),
            ("staying", !drain.HasBegun && !lifetime.ApplicationStopping.IsCancellationRequested, true),
        ];

    private static void Write(
        Stream to,
        string status,
        (string Name, bool Ok, bool Needed)[] checks,
        (string Kills, string Disk)? words,
        IEnumerable<TenantGovernance> rejected
    )
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("status", status);
        foreach (var (name, ok, _) in checks)
        {
            json.WriteBoolean(name, ok);
        }

        if (words is { } alarms)
        {
            // Alarms only: an instance that leaves takes no weight off a disk, and stopped is no reason to be gone.
            json.WriteString("kills", alarms.Kills);
            json.WriteString("disk", alarms.Disk);
        }

        if (rejected.Any())
        {
            json.WriteStartObject("tenants");
            foreach (var tenant in rejected)
            {
                json.WriteString(tenant.Tenant.ToString(), tenant.InForce is null ? "refused" : "old documents");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
