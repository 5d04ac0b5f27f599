using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Gating;

namespace Gateway.Cli.Gating;

/// <summary>
/// Counts in the state file that Gait keeps (<c>gait.gate.rate_limit_state</c> 1.0.0), under the same lock, so that both can count in one
/// file. An action counts in all of its limits or in none. What can't be read or written is an exception: nothing is allowed uncounted.
/// </summary>
internal sealed class LimitStateFile(string path, TimeProvider time)
{
    private const string SchemaId = "gait.gate.rate_limit_state";
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <exception cref="IOException">It couldn't be read, written or locked.</exception>
    public async Task<GateLimits> CountAsync(IReadOnlyList<GateLimit> limits, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await using var held = await LimitLock.TakeAsync(path + ".lock", time, cancellationToken);
        var counters = Read();
        var reached = limits.FirstOrDefault(limit => counters.GetValueOrDefault(limit.Window.Key) >= limit.Demand.Requests);
        if (reached is null)
        {
            foreach (var limit in limits.DistinctBy(limit => limit.Window.Key))
            {
                Prune(counters, limit);
                counters[limit.Window.Key] = counters.GetValueOrDefault(limit.Window.Key) + 1;
            }

            held.DemandStillHeld();
            Write(counters);
        }

        return new GateLimits(reached, [.. limits.Select(limit => (limit, counters.GetValueOrDefault(limit.Window.Key)))]);
    }

    private SortedDictionary<string, int> Read()
    {
        var counters = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return counters;
        }

        try
        {
            using var json = JsonDocument.Parse(ArtifactFile.Read(path, MaxBytes));
            if (json.RootElement.GetProperty("schema_id").GetString() != SchemaId)
            {
                throw Damaged();
            }

            foreach (var counter in json.RootElement.GetProperty("counters").EnumerateArray())
            {
                counters.Add(counter.GetProperty("key").GetString()!, counter.GetProperty("count").GetInt32());
            }
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or InvalidInputException
            )
        {
            throw Damaged();
        }

        return counters;
    }

    private IOException Damaged() =>
        new($"The counters in '{path}' can't be read, so nothing can be allowed. Remove the file to begin anew.");

    /// <summary>Buckets of the same window that have ended.</summary>
    private static void Prune(SortedDictionary<string, int> counters, GateLimit limit)
    {
        var current = BucketOf(limit.Window.Key);
        foreach (
            var key in counters
                .Keys.Where(key => BucketOf(key) is var bucket && bucket.Window == current.Window && bucket.Start != current.Start)
                .ToList()
        )
        {
            counters.Remove(key);
        }
    }

    /// <summary>From <c>window|scope|start|scope key</c>.</summary>
    private static (string Window, string Start) BucketOf(string key) =>
        key.Split('|', 4) is [var window, _, var start, _] ? (window, start) : ("", "");

    private void Write(SortedDictionary<string, int> counters)
    {
        var state = new JsonObject
        {
            ["schema_id"] = SchemaId,
            ["schema_version"] = "1.0.0",
            ["counters"] = new JsonArray([
                .. counters.Select(counter => (JsonNode)new JsonObject { ["key"] = counter.Key, ["count"] = counter.Value }),
            ]),
        };
        ArtifactFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(state), secret: true);
    }
}
