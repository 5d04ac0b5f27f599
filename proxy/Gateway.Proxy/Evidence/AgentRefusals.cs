using System.Collections.Concurrent;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Bounds what proven agents' refusals cost: equal ones within a second are one record and one more with their number, and an agent that
/// provokes too many is refused before anything of its request is read. Thread-safe.
/// </summary>
public sealed class AgentRefusals(EvidenceOptions options, TimeProvider time) : BackgroundService
{
    /// <value>How many times a second's refusals may come together.</value>
    private const int Burst = 10;

    /// <value>Seconds that aren't worth waiting for.</value>
    private const double Blink = 0.001;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Id<Tenant>, Id<Agent>, ReasonCode), Repeated> _equal = [];

    // Changed under the gate; every request looks here, and waits for nobody.
    private readonly ConcurrentDictionary<(Id<Tenant>, Id<Agent>), double> _debts = new();
    private readonly long _start = time.GetTimestamp();
    private Func<RefusalRecord, Task<string?>>? _write;

    /// <summary>How long an agent must wait that provoked too many refusals; null for one that didn't.</summary>
    internal TimeSpan? Wait(VerifiedAgent agent)
    {
        if (!_debts.TryGetValue((agent.Tenant, agent.Agent), out var due))
        {
            return null;
        }

        var wait = due - Seconds - Burst;
        return wait > Blink ? TimeSpan.FromSeconds(wait) : null;
    }

    /// <summary>Charges the agent with a refusal before admission.</summary>
    internal void Charge(VerifiedAgent agent)
    {
        lock (_gate)
        {
            var due = Math.Max(_debts.GetValueOrDefault((agent.Tenant, agent.Agent)), Seconds);
            _debts[(agent.Tenant, agent.Agent)] = Math.Min(due + (1.0 / options.RefusalsPerAgent), Seconds + Burst + 1);
        }
    }

    /// <summary>The receipt of the record, or of the equal one within a second; null where it couldn't be written.</summary>
    internal Task<string?> RecordAsync(RefusalRecord record, Func<RefusalRecord, Task<string?>> write)
    {
        var key = (record.Tenant, record.Agent, record.Reason);
        Repeated first;
        lock (_gate)
        {
            _write = write;
            if (_equal.TryGetValue(key, out var earlier) && Seconds - earlier.Since < 1)
            {
                earlier.Count++;
                return earlier.Receipt.Task;
            }

            first = new Repeated(record, Seconds) { Count = earlier?.Count ?? 0 };
            _equal[key] = first;
        }

        return WriteAsync(first, write);
    }

    /// <summary>Writes how many were counted in seconds that have passed. What can't be written is counted on.</summary>
    internal async Task FlushAsync(bool all)
    {
        List<Repeated> over;
        Func<RefusalRecord, Task<string?>>? write;
        lock (_gate)
        {
            write = _write;
            over = [.. _equal.Values.Where(repeated => all || Seconds - repeated.Since >= 1)];
            foreach (var repeated in over)
            {
                _equal.Remove((repeated.Record.Tenant, repeated.Record.Agent, repeated.Record.Reason));
            }

            foreach (var (agent, due) in _debts)
            {
                if (due <= Seconds)
                {
                    _debts.TryRemove(agent, out _);
                }
            }
        }

        foreach (var repeated in over.Where(repeated => repeated.Count > 0))
        {
            if (write is null || await write(repeated.Record with { Repeats = repeated.Count }) is null)
            {
                CountOn(repeated);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(all: false);
            }
        }
        catch (OperationCanceledException)
        {
            await FlushAsync(all: true);
        }
    }

    private double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    private static async Task<string?> WriteAsync(Repeated first, Func<RefusalRecord, Task<string?>> write)
    {
        string? receipt = null;
        try
        {
            receipt = await write(first.Record);
        }
        finally
        {
            first.Receipt.TrySetResult(receipt);
        }

        return receipt;
    }

    private void CountOn(Repeated repeated)
    {
        var key = (repeated.Record.Tenant, repeated.Record.Agent, repeated.Record.Reason);
        lock (_gate)
        {
            if (_equal.TryGetValue(key, out var later))
            {
                later.Count += repeated.Count;
            }
            else
            {
                _equal[key] = repeated;
            }
        }
    }

    /// <summary>One record, and how many more would have been equal to it.</summary>
    /// <param name="since">Seconds.</param>
    private sealed class Repeated(RefusalRecord record, double since)
    {
        public RefusalRecord Record { get; } = record;

        public double Since { get; } = since;

        public long Count { get; set; }

        public TaskCompletionSource<string?> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
