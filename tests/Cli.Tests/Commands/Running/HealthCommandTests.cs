using Gateway.Cli.Tests.Calling;
using Gateway.Cli.Tests.Serving;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Running;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task An_instance_that_works_is_found_by_its_own_settings_and_by_its_addresses()
    {
        await using var instance = await Instance.CreateAsync("a", "b", "c");
        var management = $"http://127.0.0.1:{FreePort.Next()}";
        instance.Folder.Settings["Gateway__Management__Url"] = management;
        instance.Folder.Settings["Gateway__FrontDoor__Authorities__0"] = "gateway.example";
        instance.Folder.Settings["Gateway__FrontDoor__Authorities__1"] = instance.Address.Authority;
        await instance.StartAsync();
        using var elsewhere = CommandFolder.Empty();
        elsewhere.Settings["DOTNET_ENVIRONMENT"] = "Production";

        instance.Folder.Settings["ASPNETCORE_URLS"] = instance.Address.ToString();
        var own = (await instance.Folder.RunAsync("health --json")).Ended(0).Data().GetProperty("checks");
        (await elsewhere.RunAsync($"health --url {instance.Address} --management {management}")).Ended(0);
        (await elsewhere.RunAsync($"health --url {instance.Address} --authority gateway.example")).Ended(0);
        var unknown = (await elsewhere.RunAsync($"health --url {instance.Address} --authority other.example")).Ended(1);
        Assert.Contains(
            "guard: A request without a credential got 404 and not 401. Name one of its names: --authority.",
            unknown.Error,
            StringComparison.Ordinal
        );

        Assert.Equal(["ready", "keys", "guard"], own.EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.All(own.EnumerateArray(), check => Assert.Equal("pass", check.GetProperty("status").GetString()));

        await instance.KillAsync();
        var errors = (await instance.Folder.RunAsync("health")).Ended(1).Error;
        Assert.Contains($"Nothing answers at {management}", errors, StringComparison.Ordinal);
        Assert.Contains($"Nothing answers at {instance.Address}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_was_told_to_end_is_not_ready_and_says_why()
    {
        await using var instance = await Instance.CreateAsync("a", "b", "c");
        instance.Folder.Settings["Gateway__FrontDoor__Drain"] = "00:01:00";
        await instance.StartAsync();
        await instance.TerminateAsync();

        CommandRun run;
        do
        {
            run = await instance.Folder.RunAsync($"health --url {instance.Address}"); // The signal may not have come in yet.
        } while (run.Exit == 0);

        run.Ended(1);
        Assert.Contains("ready: It isn't ready:", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"staying\":false", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("guard:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_answers_everything_with_200_is_no_instance()
    {
        await using var other = await Echo.StartAsync();
        using var folder = CommandFolder.Empty();

        var errors = (await folder.RunAsync($"health --url {other.Address}")).Ended(1).Error;

        Assert.Contains("keys: It doesn't publish its keys", errors, StringComparison.Ordinal);
        Assert.Contains("guard: A request without a credential got 200 and not 401", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health --url gateway.example")]
    [InlineData("health --authority http://gateway.example/")]
    [InlineData("health --url http://127.0.0.1:1 --management ftp://127.0.0.1")]
    public async Task What_is_no_address_is_refused(string command)
    {
        using var folder = CommandFolder.Empty();
        (await folder.RunAsync(command)).Ended(6);
    }
}
