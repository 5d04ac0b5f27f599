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

    /// <summary>Header lines without which it won't do the work.</summary>
    public string ExtraHeaders { get; init; } = "";

    public IReadOnlyDictionary<string, AgentKeys> Agents { get; init; } = Strangers.Agents;

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
