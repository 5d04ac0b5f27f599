using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>Who reaches a program behind <c>gateway mcp bridge</c>, and with what it doesn't even start.</summary>
public sealed class BridgeAccessTests : IDisposable
{
    private readonly CommandFolder _folder = CommandFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer " + RunningBridge.Token + "x")]
    [InlineData("Basic " + RunningBridge.Token)]
    [InlineData(RunningBridge.Token)]
    public async Task WithoutTheToken_NobodyIsAnswered_AndNothingStarts(string? proof)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, program: [.. RunningBridge.Server, "marked" + _folder.Root]);
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
        {
            var body = method == HttpMethod.Post ? BridgeSession.Initialize : null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await bridge.SendAsync(method, body, null, ("Authorization", proof))).Status);
        }

        Assert.DoesNotContain(LeftProcesses.With("marked" + _folder.Root), id => id != bridge.Id);
    }

    [Theory]
    [InlineData("Origin", "https://page.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://listed.example.page.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://listed.example", HttpStatusCode.OK)]
    [InlineData("Host", "page.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.page.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost:9", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:9", HttpStatusCode.OK)]
    public async Task WebPage_IsAnsweredWhereItIsListed(string header, string value, HttpStatusCode status)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--origin https://listed.example");
        Assert.Equal(status, (await bridge.SendAsync(HttpMethod.Post, BridgeSession.Initialize, null, (header, value))).Status);
    }

    [Fact]
    public async Task WithoutATokenFile_OneIsMade_AndShownOnce()
    {
        using var process = _folder.Start(["mcp", "bridge", "--listen", "http://127.0.0.1:0", "--", .. RunningBridge.Server]);
        var where = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        var told = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        var token = Assert.IsType<string>(told).Split(' ')[^1];
        Assert.Matches("^[0-9a-f]{64}$", token);

        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(where!["listening on ".Length..]))
        {
            Content = new StringContent(BridgeSession.Initialize, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request, CancellationToken.None)).StatusCode);
    }

    [Fact]
    public async Task Socket_IsItsUsersAlone_AndOneThatWasLeftIsTakenAway()
    {
        var path = _folder.FileOf("s.sock");
        await ServeAsync(killed: true);
        Assert.True(Path.Exists(path));
        await ServeAsync(killed: false);

        await File.WriteAllTextAsync(path, "");
        await AssertRefusedAsync();
        Assert.True(File.Exists(path));
        File.Delete(path);
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();
        await AssertRefusedAsync();

        async Task ServeAsync(bool killed)
        {
            using var process = _folder.Start(["mcp", "bridge", "--listen", $"unix:{path}", "--", .. RunningBridge.Server]);
            Assert.NotNull(await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.Equal("600", Convert.ToString((int)ModeOf(path), 8));
            using var kill = System.Diagnostics.Process.Start("kill", ["-s", killed ? "KILL" : "TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }

        async Task AssertRefusedAsync() =>
            (await _folder.RunAsync(["mcp", "bridge", "--json", "--listen", $"unix:{path}", "--", .. RunningBridge.Server]))
                .Ended(6)
                .Envelope();
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:0")]
    [InlineData("--listen http://192.0.2.1:80")]
    [InlineData("--listen http://[::]:0")]
    [InlineData("--listen http://gateway.example:80")]
    [InlineData("--listen https://127.0.0.1:0")]
    [InlineData("--listen http://127.0.0.1:0/path")]
    [InlineData("--listen http://user@127.0.0.1:0")]
    [InlineData("--listen 127.0.0.1:0")]
    [InlineData("--listen unix:relative.sock")]
    [InlineData("--env NAME=value")]
    [InlineData("--env NOT_SET_ANYWHERE")]
    [InlineData("--token-file short")]
    [InlineData("--token-file open")]
    [InlineData("--token-file missing")]
    [InlineData("--writable .")]
    [InlineData("--no-network")]
    [InlineData("--sandbox --writable missing")]
    [InlineData("--max-sessions 0")]
    [InlineData("--memory 0")]
    [InlineData("--idle-time 0s")]
    public async Task WithoutWhatMakesItSafe_ItDoesntStart(string options)
    {
        await File.WriteAllTextAsync(_folder.FileOf("short"), "short");
        await File.WriteAllTextAsync(_folder.FileOf("open"), new string('t', 40));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.FileOf("short"), UnixFileMode.UserRead);
            File.SetUnixFileMode(_folder.FileOf("open"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        (await _folder.RunAsync(["mcp", "bridge", "--json", .. options.Split(' '), "--", .. RunningBridge.Server])).Ended(6).Envelope();
    }

    [Fact]
    public async Task WithoutBubblewrap_ASandboxIsRefused_AndSaysWhatToDo()
    {
        var tools = Directory.CreateDirectory(_folder.FileOf("tools")).FullName;
        foreach (var tool in (string[])["sh", "setsid", "prlimit", "dotnet"])
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), Find(tool));
        }

        _folder.Settings["PATH"] = tools;
        var refused = (await _folder.RunAsync(["mcp", "bridge", "--sandbox", "--", "sh"])).Ended(6);
        Assert.Contains("bubblewrap", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp bridge")]
    [InlineData("mcp bridge --")]
    [InlineData("mcp bridge -- no-such-program-anywhere")]
    [InlineData("mcp bridge -- /etc/passwd")]
    public async Task WithoutAProgram_ItDoesntStart(string command) => (await _folder.RunAsync(command)).Ended(6);

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static string Find(string tool) =>
        ((string[])["/usr/bin", "/bin", "/usr/share/dotnet", "/usr/lib/dotnet"])
            .Select(folder => Path.Combine(folder, tool))
            .First(File.Exists);
}
