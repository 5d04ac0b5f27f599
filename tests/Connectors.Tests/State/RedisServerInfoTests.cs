using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class RedisServerInfoTests
{
    private const string Good =
        "# Server\r\nredis_version:7.0.0\r\nrun_id:aa\r\n# Memory\r\nmaxmemory_policy:noeviction\r\n# Replication\r\n"
        + "role:master\r\nmaster_replid:bb\r\n# Cluster\r\ncluster_enabled:0\r\n";

    [Fact]
    public void Server_ThatCanBeReliedOn_Passes()
    {
        var report = RedisServerInfo.Parse(Good);

        report.Check(cluster: false);
        Assert.Equal("aa/bb", report.Identity);
    }

    [Theory]
    [InlineData("used_memory:5000\r\nmaxmemory:0", false)]
    [InlineData("used_memory:4999\r\nmaxmemory:5000", false)]
    [InlineData("used_memory:5000\r\nmaxmemory:5000", true)]
    [InlineData("used_memory:6000\r\nmaxmemory:5000", true)]
    [InlineData("used_memory:none", false)]
    public void Server_ThatIsFull_IsNamedWithTheRemedy(string memory, bool isFull)
    {
        var report = RedisServerInfo.Parse(Good + memory + "\r\n");

        var error = Record.Exception(report.CheckRoom);

        Assert.Equal(isFull, error is SharedStateException);
        Assert.Equal(isFull, error?.Message.Contains("Raise 'maxmemory'", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("redis_version:7.0.0", "redis_version:6.2.14", "7.0")]
    [InlineData("redis_version:7.0.0", "redis_version:none", "7.0")]
    [InlineData("run_id:aa", "run_id:aa\r\ngarnet_version:2.2.8", "is Garnet")]
    [InlineData("run_id:aa", "", "INFO")]
    [InlineData("master_replid:bb", "", "INFO")]
    [InlineData("role:master", "role:slave", "primary")]
    [InlineData("role:master", "", "primary")]
    [InlineData("cluster_enabled:0", "cluster_enabled:1", "Gateway:State:Cluster")]
    [InlineData("noeviction", "allkeys-lfu", "noeviction")]
    [InlineData("maxmemory_policy:noeviction", "", "noeviction")]
    public void Server_ThatCannot_IsNamedWithTheRemedy(string line, string instead, string remedy)
    {
        var report = RedisServerInfo.Parse(Good.Replace(line, instead, StringComparison.Ordinal));

        Assert.Contains(remedy, Assert.Throws<SharedStateException>(() => report.Check(cluster: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Node_OfACluster_PassesWhereOneIsWanted_AndAnotherServerDoesnt()
    {
        RedisServerInfo.Parse(Good.Replace("cluster_enabled:0", "cluster_enabled:1", StringComparison.Ordinal)).Check(cluster: true);

        var error = Assert.Throws<SharedStateException>(() => RedisServerInfo.Parse(Good).Check(cluster: true));
        Assert.Contains("Gateway:State:Cluster", error.Message, StringComparison.Ordinal);
    }
}
