using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

public sealed class UnitTests
{
    private const double Allowed = 1.5;
    private static readonly string Unit = Path.Combine(Repository.Root, "deploy", "systemd", "gateway.service");
    private static readonly string[] Lines = File.ReadAllLines(Unit);

    [ProgramFact("systemd-analyze", "systemd")]
    public async Task Unit_IsExposedTo_1_5_AtMost_AsSystemdCounts()
    {
        using var copy = new TemporaryDirectory(); // By its path alone: a unit of this name that the machine has doesn't count.
        File.Copy(Unit, copy.File("gateway.service"));
        var said = await Programs.OutputAsync(
            copy.Path,
            ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", copy.File("gateway.service")]
        );
        var overall = said[said.IndexOf("Overall exposure level", StringComparison.Ordinal)..];
        var exposure = double.Parse(overall.Split(':')[1].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0.1, Allowed);
    }

    [ProgramFact("systemd-analyze", "systemd")]
    public async Task Unit_HasNoLineThatSystemdDoesNotKnow()
    {
        using var copy = new TemporaryDirectory();
        var text = string.Join('\n', Lines).Replace("/usr/lib/gateway/gateway serve", "/bin/sh -c exit", StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy.File("gateway.service"), text);
        var (exit, said) = await Programs.RunAsync(copy.Path, ["systemd-analyze", "verify", "--man=no", copy.File("gateway.service")]);
        Assert.True(exit == 0 && !said.Contains("gateway.service:", StringComparison.Ordinal), said);
    }

    [Fact]
    public void Unit_LoadsEveryKeyAsACredential_AndHasNoneInItsEnvironment()
    {
        var loaded = Settings("LoadCredential").Select(value => value.Split(':')[0]).ToList();
        Assert.Equal(["DATA_ENCRYPTION_KEY", "DECISION_SIGNING_KEY", "BEARER_KEY_PEPPER", "LOG_SIGNING_KEY"], loaded);
        foreach (var key in loaded)
        {
            Assert.Contains($"{key}_FILE=%d/{key}", Settings("Environment"));
            Assert.Contains($"{key}:/etc/gateway/keys/{key.ToLowerInvariant()}.key", Settings("LoadCredential"));
        }

        Assert.DoesNotContain(Settings("Environment"), value => loaded.Contains(value.Split('=')[0]));
    }

    [Fact]
    public void Unit_LetsDotNetCompile_AndGivesARequestItsTimeToEnd()
    {
        Assert.Empty(Settings("MemoryDenyWriteExecute"));
        var front = new Proxy.FrontDoor.FrontDoorOptions();
        var least = front.Drain + front.Grace + TimeSpan.FromSeconds(5);
        Assert.True(
            int.Parse(Assert.Single(Settings("TimeoutStopSec")), System.Globalization.CultureInfo.InvariantCulture) > least.TotalSeconds
        );
    }

    [Fact]
    public void Unit_IsStartedAgainWithoutEnd_WhereWhatItNeedsIsAwayAtBoot()
    {
        Assert.Equal("0", Assert.Single(Settings("StartLimitIntervalSec")));
        Assert.Equal("5", Assert.Single(Settings("RestartSec")));
        Assert.Equal("on-failure", Assert.Single(Settings("Restart")));
    }

    private static IEnumerable<string> Settings(string name) =>
        Lines.Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);
}
