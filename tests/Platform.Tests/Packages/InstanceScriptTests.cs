using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

/// <summary>The script as it is, but in a folder of the test's and without a change of user.</summary>
public sealed class InstanceScriptTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Instance_DemandsPepperAndLogKey_OnlyWithoutAMasterKey()
    {
        await WriteAsync("data_encryption_key.key", "decision_signing_key.key");
        var (exit, said) = await RunAsync();
        Assert.Equal(6, exit);
        Assert.Contains("/etc/gateway/keys/bearer_key_pepper.key", said, StringComparison.Ordinal);

        await WriteAsync("master_key");
        (exit, said) = await RunAsync();
        Assert.Equal(0, exit);
        Assert.Contains("MASTER_KEY=of master_key", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_HandsOnThePasswordsThatLieBesideTheKeys_AndNoOthers()
    {
        await WriteAsync("data_encryption_key.key", "decision_signing_key.key", "bearer_key_pepper.key", "log_signing_key.key");
        await WriteAsync("redis_password", "postgres_password");
        var (exit, said) = await RunAsync();
        Assert.Equal(0, exit);
        Assert.Contains("REDIS_PASSWORD=of redis_password", said, StringComparison.Ordinal);
        Assert.Contains("POSTGRES_PASSWORD=of postgres_password", said, StringComparison.Ordinal);
        Assert.Contains("LOG_SIGNING_KEY=of log_signing_key.key", said, StringComparison.Ordinal);
        Assert.DoesNotContain("REDIS_SENTINEL_PASSWORD", said, StringComparison.Ordinal);
    }

    private async Task WriteAsync(params string[] names)
    {
        Directory.CreateDirectory(_folder.File("keys"));
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(_folder.File("keys/" + name), "of " + name + "\n");
        }
    }

    private async Task<(int Exit, string Said)> RunAsync()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "debian", "gateway-instance"));
        script = script
            .Replace("cd /etc/gateway", $"cd '{_folder.Path}'", StringComparison.Ordinal)
            .Replace("$(id -u)", "0", StringComparison.Ordinal);
        script = script[..script.IndexOf("exec setpriv", StringComparison.Ordinal)] + "exec env\n";
        await File.WriteAllTextAsync(_folder.File("script"), script);
        return await Programs.RunAsync(_folder.Path, ["sh", _folder.File("script")]);
    }
}
