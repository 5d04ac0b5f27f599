using System.Globalization;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Proxy.Tests.Configuration;

/// <summary>
/// A governance folder with fifty tenants, each with a folder of its own, followed as a running gateway does it; what would be prepared and
/// put on record is noted.
/// </summary>
internal sealed class FiftyTenants : IDisposable
{
    public const int Count = 50;

    private readonly TemporaryDirectory _folder = new();

    public FiftyTenants(params string[] broken)
    {
        File.WriteAllText(_folder.File("tenants.yaml"), string.Concat(All.Select(TenantOf)));
        foreach (var tenant in All)
        {
            Directory.CreateDirectory(FolderOf(tenant));
            Write(tenant, broken.Contains(tenant) ? "unheard-of" : "low");
        }

        First = FirstGovernance.Of(Follow());
        State = new GovernanceState(First, TimeProvider.System);
        Turns = new TenantTurns(First, State, PrepareAsync, RejectAsync, TimeProvider.System, NullLogger<TenantTurns>.Instance);
        var options = new GovernanceOptions { Path = Path };
        Reload = new GovernanceReload(options, First, State, Turns, TimeProvider.System, NullLogger<GovernanceReload>.Instance);
    }

    public static IReadOnlyList<string> All { get; } =
    [.. Enumerable.Range(0, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i:00}"))];

    public string Path => _folder.Path;

    public FirstGovernance First { get; }

    public GovernanceState State { get; }

    public TenantTurns Turns { get; }

    public GovernanceReload Reload { get; }

    /// <summary>Tenants that can't be made ready, or whose journals can't be written.</summary>
    public HashSet<string> Unready { get; } = [];

    public List<CompiledTenant> Prepared { get; } = [];

    public List<RejectedTenant> Rejected { get; } = [];

    public string FolderOf(string tenant) => System.IO.Path.Combine(Path, tenant);

    public string FileOf(string tenant, string name = "agents.yaml") => System.IO.Path.Combine(FolderOf(tenant), name);

    public void Write(string tenant, string risk) => File.WriteAllText(FileOf(tenant), DocumentsOf(tenant, risk));

    public Task LookAsync() => Reload.LookAgainAsync(CancellationToken.None);

    /// <summary>The risk of its agent, as requests are judged by it now.</summary>
    public RiskTier RiskOf(string tenant) => State.Current.Find(Id<Tenant>.Parse(tenant))!.Agents.Values.Single().Agent.Risk;

    /// <summary>The tenants that were compiled since the start.</summary>
    public IEnumerable<string> Compiled => All.Where(tenant => Turns.CompilationsOf(Id<Tenant>.Parse(tenant)) > 0);

    public IEnumerable<string> WithErrors => State.Tenants.Where(one => one.Errors.Count > 0).Select(one => one.Tenant.ToString());

    public static string TenantOf(string tenant) =>
        $"apiVersion: gateway/v1\nkind: Tenant\nmetadata: {{name: {tenant}}}\nspec: {{}}\n---\n";

    public static string DocumentsOf(string tenant, string risk) =>
        $$"""
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: {{tenant}}, name: main}
            spec: {environment: production}
            ---
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: {{tenant}}, name: assistant}
            spec: {owners: {human: Ada, security: Ben}, status: active, level: L2, risk: {{risk}}}

            """;

    public void Dispose()
    {
        Reload.Dispose();
        _folder.Dispose();
    }

    private FollowedGovernance Follow()
    {
        var followed = new FollowedGovernance(Path);
        followed.Take(followed.Look(thorough: false)!);
        return followed;
    }

    private Task PrepareAsync(CompiledTenant tenant, CancellationToken cancellationToken)
    {
        if (Unready.Contains(tenant.Tenant.ToString()))
        {
            throw new IOException("no room");
        }

        Prepared.Add(tenant);
        return Task.CompletedTask;
    }

    private Task RejectAsync(RejectedTenant tenant, CancellationToken cancellationToken)
    {
        Rejected.Add(tenant);
        return Task.CompletedTask;
    }
}
