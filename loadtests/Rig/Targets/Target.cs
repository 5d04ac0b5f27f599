using System.Security.Cryptography;
using Gateway.LoadTests.Client;
using Gateway.LoadTests.Generating;
using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Targets;

/// <summary>Something that answers the scenarios, running in processes of its own until it is disposed.</summary>
internal sealed class Target(TargetName name, Uri address, IReadOnlyList<ChildProcess> processes) : IAsyncDisposable
{
    public TargetName Name { get; } = name;

    public Uri Address { get; } = address;

    /// <summary>Whether it is Gateway.</summary>
    public bool Governed => Name is TargetName.Embedded or TargetName.Redis;

    /// <summary>The folder of its journal; empty for what has none.</summary>
    public string Journal { get; init; } = "";

    /// <summary>The folder of its documents; empty for what has none.</summary>
    public string Governance { get; init; } = "";

    /// <summary>Header lines without which it won't do the work.</summary>
    public string ExtraHeaders { get; init; } = "";

    public IReadOnlyDictionary<string, AgentKeys> Agents { get; init; } = PlaceholderKeys.Agents;

    /// <summary>From its start until its port took connections.</summary>
    public TimeSpan ReadyAfter => processes[0].ReadyAfter;

    public double CpuSeconds => ProcessorTime.SecondsOf(processes.Select(p => p.Id));

    /// <value>Bytes.</value>
    public long Memory => ProcessorTime.MemoryOf(processes.Select(p => p.Id));

    public bool Runs(Scenario scenario) =>
        (Governed || !scenario.OnlyGoverned)
        && (
            Name != TargetName.Portkey
            || (scenario.Path.StartsWith("/v1/", StringComparison.Ordinal) && scenario.Agent != Scenario.Streamer)
        ); // It fails on this stream.

    public IReadOnlyList<LoadWorker> Workers(Scenario scenario, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new LoadWorker(Address, scenario.Prepare(Address, Agents, ExtraHeaders), scenario.Check(Governed))),
        ];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }
}

/// <summary>What can be measured; the zero value is none.</summary>
public enum TargetName
{
    None = 0,

    /// <summary>The answering server itself: what loopback and client cost.</summary>
    Upstream,

    /// <summary>nginx as a plain proxy.</summary>
    Nginx,

    /// <summary>Bare YARP, which every ratio is against.</summary>
    Yarp,

    /// <summary>Gateway with everything on and its embedded state.</summary>
    Embedded,

    /// <summary>Gateway with everything on and its state in a Redis of its own.</summary>
    Redis,

    /// <summary>Portkey's gateway on Node.js.</summary>
    Portkey,
}

/// <summary>A target that should have started and didn't. One that isn't installed is skipped instead.</summary>
public sealed class TargetException(string message) : Exception(message);

/// <summary>Keys of the same shape for targets that look at none, so that the client does the same work there.</summary>
internal static class PlaceholderKeys
{
    public static IReadOnlyDictionary<string, AgentKeys> Agents { get; } =
        new[] { Scenario.Busy, Scenario.Streamer }.ToDictionary(
            name => name,
            name => new AgentKeys(
                LoadGovernance.Tenant,
                LoadGovernance.Workspace,
                name,
                $"{LoadGovernance.Tenant}.aaaaaaaaaa",
                RandomNumberGenerator.GetBytes(32),
                "none"
            )
        );
}
