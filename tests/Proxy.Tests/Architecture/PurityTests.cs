using Gateway.Proxy.Tests.Architecture.Violations;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>The rule of pure code, on types that break it.</summary>
public sealed class PurityTests
{
    private const string Synthetic = "Gateway.Proxy.Tests.Architecture.Violations.Pure";

    [Theory]
    [InlineData("ReadsAFile", "System.IO.File")]
    [InlineData("OpensASocket", "System.Net.Sockets.Socket")]
    [InlineData("AsksTheTime", "System.TimeProvider")]
    [InlineData("AsksTheEnvironment", "System.Environment.get_MachineName")]
    [InlineData("StartsAThread", "System.Threading.Thread")]
    [InlineData("StartsATask", "System.Threading.Tasks.Task.Run")]
    [InlineData("ThrowsDice", "System.Security.Cryptography.RandomNumberGenerator")]
    public void Code_ThatReachesOutside_IsFound(string type, string named) =>
        Assert.Contains(Find(type), offence => offence.Contains($"uses {named}", StringComparison.Ordinal));

    [Fact]
    public void Code_ThatWorksInMemory_IsFine() => Assert.Empty(Find("Innocent"));

    private static IEnumerable<string> Find(string type) => Purity.Offences(OwnUses.Of($"{Synthetic}.{type}"));
}
