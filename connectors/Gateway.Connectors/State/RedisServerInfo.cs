using System.Globalization;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>What a Redis server says of itself (<c>INFO</c>), as far as Gateway's safety rests on it.</summary>
internal sealed class RedisServerInfo
{
    /// <value>Before it a replica that begins is given the primary's scripts, and so would answer by one that only the primary was sent: a
    /// promotion couldn't be told from it.</value>
    private static readonly Version Least = new(7, 0);

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private RedisServerInfo() { }

    /// <summary>
    /// Names the memory: the process (<c>run_id</c>) and its line of replication (<c>master_replid</c>), which changes with every
    /// promotion, so that a server that was a replica for a while isn't taken for the one it was.
    /// </summary>
    public string Identity => Field("run_id") + "/" + Field("master_replid");

    public static RedisServerInfo Parse(string info)
    {
        var report = new RedisServerInfo();
        foreach (var line in info.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon > 0)
            {
                report._fields[line[..colon].ToString()] = line[(colon + 1)..].Trim().ToString();
            }
        }

        return report;
    }

    /// <exception cref="SharedStateException">The server can't be relied on; says why and how to mend it.</exception>
    /// <param name="cluster">Whether it should be a node of a cluster.</param>
    public void Check(bool cluster)
    {
        Require(
            Field("garnet_version").Length == 0,
            "is Garnet, which may drop nonces where its memory is full, and doesn't tell its clients whether it does",
            $"Use Redis {Least} or later"
        );
        Require(
            Field("run_id").Length > 0 && Field("master_replid").Length > 0,
            "doesn't say who it is (INFO has no run_id or master_replid)",
            "Allow the INFO command"
        );
        Require(Version() >= Least, $"is version {Field("redis_version")}", $"Use Redis {Least} or later");
        Require(
            Field("role") == "master",
            $"has the role '{Field("role")}'",
            "Point Gateway at the primary, or list it among the endpoints"
        );
        Require(
            (Field("cluster_enabled") == "1") == cluster,
            cluster ? "isn't a node of a cluster" : "is a node of a cluster, where one memory is spread over several servers",
            cluster ? "Say so in Gateway:State:Cluster" : "Set Gateway:State:Cluster to true"
        );
        Require(
            Field("maxmemory_policy") == "noeviction",
            $"may forget by eviction (maxmemory-policy is '{Field("maxmemory_policy")}')",
            "Set 'maxmemory-policy noeviction'"
        );
    }

    /// <summary>
    /// Asked where somebody looks for what is wrong; a server that is full while Gateway runs refuses what it can't remember, and is used
    /// again when there is room.
    /// </summary>
    /// <exception cref="SharedStateException">Its memory is full; says how to mend it.</exception>
    public void CheckRoom()
    {
        var (used, most) = (Bytes("used_memory"), Bytes("maxmemory"));
        Require(
            most == 0 || used < most,
            $"is full (used_memory {used}, maxmemory {most}): what needs its memory is refused",
            "Raise 'maxmemory', and see that nobody else writes there"
        );
    }

    private static void Require(bool holds, string problem, string remedy)
    {
        if (!holds)
        {
            throw new SharedStateException($"The Redis server {problem}. {remedy}.");
        }
    }

    private Version Version()
    {
        var parts = Field("redis_version").Split('.');
        return
            parts.Length >= 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor)
            : new Version(0, 0);
    }

    private long Bytes(string name) =>
        long.TryParse(Field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;

    private string Field(string name) => _fields.GetValueOrDefault(name, "");
}
