using System.Globalization;

namespace Gateway.Testing;

/// <summary>A cluster of the test's own: three primaries that share the slots, and nobody to take over.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16384;

    private readonly List<RedisServer> _nodes = [];
    private readonly List<string> _names = [];

    private RedisCluster() { }

    public IReadOnlyList<RedisServer> Nodes => _nodes;

    public static async Task<RedisCluster> StartAsync()
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                var node = await RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
                cluster._nodes.Add(node);
                cluster._names.Add((await node.CommandAsync("CLUSTER", "MYID")).Trim());
                var (first, last) = (Slots * i / 3, (Slots * (i + 1) / 3) - 1);
                await node.CommandAsync("CLUSTER", "ADDSLOTSRANGE", Text(first), Text(last));
                await node.CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
            }

            foreach (var node in cluster._nodes.Skip(1))
            {
                await node.CommandAsync("CLUSTER", "MEET", "127.0.0.1", Text(cluster._nodes[0].Port), Text(cluster._nodes[0].ClusterPort));
            }

            await cluster.AgreedAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that serves a key's slot.</summary>
    public async Task<RedisServer> NodeOfAsync(string key)
    {
        var slot = await SlotOfAsync(key);
        foreach (var node in _nodes)
        {
            if (
                (await node.CommandAsync("CLUSTER", "NODES"))
                    .Split('\n')
                    .Any(line => line.Contains("myself", Ordinal) && Serves(line, slot))
            )
            {
                return node;
            }
        }

        throw new InvalidOperationException($"No node serves slot {slot}.");
    }

    /// <summary>Moves a key's slot, with all keys in it, to the next node, as <c>redis-cli --cluster reshard</c> does.</summary>
    public async Task MoveSlotAsync(string key)
    {
        await AgreedAsync();
        var slot = Text(await SlotOfAsync(key));
        var from = await NodeOfAsync(key);
        var to = _nodes[(_nodes.IndexOf(from) + 1) % _nodes.Count];
        await to.CommandAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", _names[_nodes.IndexOf(from)]);
        await from.CommandAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", _names[_nodes.IndexOf(to)]);
        while (
            (await from.CommandAsync("CLUSTER", "GETKEYSINSLOT", slot, "10")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                is { Length: > 0 } keys
        )
        {
            await from.CommandAsync(["MIGRATE", "127.0.0.1", Text(to.Port), "", "0", "5000", "KEYS", .. keys]);
        }

        foreach (var node in _nodes.OrderBy(node => node == to ? 0 : 1))
        {
            await node.CommandAsync("CLUSTER", "SETSLOT", slot, "NODE", _names[_nodes.IndexOf(to)]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<int> SlotOfAsync(string key) =>
        int.Parse(await _nodes[0].CommandAsync("CLUSTER", "KEYSLOT", key), CultureInfo.InvariantCulture);

    /// <summary>A line of <c>CLUSTER NODES</c> ends with the slots: <c>0-5460 6000</c>; those on their way stand in brackets.</summary>
    private static bool Serves(string line, int slot) =>
        line.Split(' ')
            .Skip(8)
            .Where(part => !part.StartsWith('['))
            .Select(part => part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList())
            .Any(range => range[0] <= slot && slot <= range[^1]);

    private async Task AgreedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var node in _nodes)
        {
            while (
                await node.CommandAsync("CLUSTER", "INFO") is var info
                && !(info.Contains("cluster_state:ok", Ordinal) && info.Contains("cluster_known_nodes:3", Ordinal))
            )
            {
                await Task.Delay(20, limit.Token); // Only so that the waiting leaves the processor to what is waited for.
            }
        }
    }
}
