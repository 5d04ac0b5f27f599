using System.Net;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>What a program behind the bridge has, what it may do wrong, and that nothing of it stays.</summary>
public sealed class BridgedProgramTests : IDisposable
{
    private const string SessionsSetting = "GATEWAY_BRIDGE_SESSIONS";

    private readonly CommandFolder _folder = CommandFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Program_HasOnlyTheListedEnvironment()
    {
        _folder.Settings["GIVEN"] = "given";
        _folder.Settings["KEPT_SECRET"] = "kept";
        _folder.Settings["DATA_ENCRYPTION_KEY"] = "kept";
        _folder.Settings["TMPDIR"] = _folder.Root;
        await using var bridge = await RunningBridge.StartAsync(_folder, "--env GIVEN");

        var environment = await (await bridge.OpenAsync()).ResultAsync("env");

        string[] may = ["GATEWAY_BRIDGE", "GIVEN", "HOME", "LANG", "LC_CTYPE", "PATH", "TMPDIR"];
        Assert.Empty(environment.EnumerateObject().Select(variable => variable.Name).Except(may));
        Assert.Equal("given", environment.GetProperty("GIVEN").GetString());
        Assert.DoesNotContain("kept", environment.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_InheritsNoDescriptor()
    {
        // The shell opens one for the bridge; the bridge has its own besides.
        _folder.Prefix = ["sh", "-c", "exec 7< /etc/passwd; exec \"$@\"", "sh"];
        await using var bridge = await RunningBridge.StartAsync(_folder);
        Assert.True(File.Exists($"/proc/{bridge.Id}/fd/7"));
        var session = await bridge.OpenAsync();
        Assert.Equal("[0, 1, 2]", (await session.ResultAsync("descriptors")).GetRawText());
    }

    [Fact]
    public async Task Program_IsHeldToItsLimits()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--memory 512 --max-files 99 --max-processes 3333 --cpu-time 77s");
        var limits = (await (await bridge.OpenAsync()).ResultAsync("limits")).GetString()!;
        Assert.All(
            (string[])
                [
                    "Max data size +536870912 ",
                    "Max open files +99 +99 ",
                    "Max processes +3333 ",
                    "Max cpu time +77 +77 ",
                    "Max core file size +0 +0 ",
                ],
            limit => Assert.Matches(limit, limits)
        );
    }

    [Fact]
    public async Task ProgramOfABridgeWithLessItself_IsHeldToThat()
    {
        _folder.Prefix = ["prlimit", "--nofile=600:600", "--"];
        await using var bridge = await RunningBridge.StartAsync(_folder, "--max-files 5000");
        var limits = (await (await bridge.OpenAsync()).ResultAsync("limits")).GetString()!;
        Assert.Matches("Max open files +600 +600 ", limits);
    }

    [SandboxFact]
    public async Task ProgramInASandbox_ChangesNothing_AndSeesNoOtherProcess()
    {
        var (open, closed) = (
            Directory.CreateDirectory(_folder.FileOf("open")).FullName,
            Directory.CreateDirectory(_folder.FileOf("closed")).FullName
        );
        await using var bridge = await RunningBridge.StartAsync(_folder, $"--sandbox --no-network --writable {open}");
        var session = await bridge.OpenAsync();

        Assert.True((await session.ResultAsync("processes")).GetArrayLength() <= 3);
        Assert.Equal("written", (await session.ResultAsync("write", Target(open))).GetString());
        Assert.True(File.Exists(Path.Combine(open, "file")));
        var refused = await session.CallAsync("write", Target(closed));
        Assert.Equal(-32000, refused.Code); // The tests' server doesn't catch it.
        Assert.False(File.Exists(Path.Combine(closed, "file")));

        static string Target(string folder) => JsonSerializer.Serialize(new { path = Path.Combine(folder, "file") });
    }

    [SandboxFact]
    public async Task SandboxThatIsLeft_HoldsWhatItsProgramStarted()
    {
        await using var bridge = await RunningBridge.StartAsync(
            _folder,
            "--sandbox --stop-time 1s",
            [.. RunningBridge.Server, _folder.Root]
        );
        var session = await bridge.OpenAsync();
        await session.ResultAsync("family");
        var family = LeftProcesses.With(_folder.Root).Where(id => id != bridge.Id).ToList();
        Assert.NotEmpty(family);
        Assert.Equal(HttpStatusCode.NoContent, (await session.EndAsync()).Status);
        await LeftProcesses.AssertGoneAsync(family);
    }

    [Fact]
    public async Task ProgramThatEndsDuringACall_IsAnError_AndTheSessionIsGone()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        using var listening = await bridge.StreamAsync(HttpMethod.Get, null, session.Id);
        var hanging = session.CallAsync("hang");
        var other = await bridge.OpenAsync();

        var exit = await other.CallAsync("exit", """{"code":3}""");

        Assert.Equal((HttpStatusCode.OK, -32000), (exit.Status, exit.Code));
        Assert.Contains("ended with 3", exit.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.CallAsync("echo")).Status);
        Assert.False(hanging.IsCompleted);
        Assert.Equal(HttpStatusCode.NoContent, (await session.EndAsync()).Status);
        Assert.Equal(-32000, (await hanging).Code);
        Assert.Null(await listening.ReadLineAsync());
    }

    [Fact]
    public async Task ProgramThatHangs_IsToldToStop_AndTheClientGetsAnError()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--call-time 1s --stop-time 1s");
        var session = await bridge.OpenAsync();
        var answer = await session.CallAsync("hang");
        Assert.Equal((HttpStatusCode.OK, -32001), (answer.Status, answer.Code));
        Assert.Equal(HttpStatusCode.NoContent, (await session.EndAsync()).Status);
    }

    [Fact]
    public async Task ProgramThatNeverAnswers_OpensNoSession_AndIsEnded()
    {
        await using var bridge = await RunningBridge.StartAsync(
            _folder,
            "--start-time 1s --stop-time 1s --max-sessions 1",
            [.. RunningBridge.Server, "--never", _folder.Root]
        );
        var answer = await bridge.SendAsync(HttpMethod.Post, BridgeSession.Initialize, null);
        Assert.Equal((-32001, null), (answer.Code, answer.Session));
        await LeftProcesses.AssertGoneAsync([.. LeftProcesses.With(_folder.Root).Where(id => id != bridge.Id)]);
    }

    [Fact]
    public async Task ProgramThatCannotBeRun_IsAnError_ThatSaysHowItEnded()
    {
        var file = _folder.FileOf("broken");
        await File.WriteAllTextAsync(file, "#!/no/such/interpreter\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using var bridge = await RunningBridge.StartAsync(_folder, program: [file]);
        var answer = await bridge.SendAsync(HttpMethod.Post, BridgeSession.Initialize, null);
        Assert.Equal((-32000, null), (answer.Code, answer.Session));
        Assert.Contains("ended with 12", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionWithoutAMessage_Ends()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--idle-time 1s");
        var session = await bridge.OpenAsync();
        using var listening = await bridge.StreamAsync(HttpMethod.Get, null, session.Id);
        Assert.Null(await listening.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(HttpStatusCode.NotFound, (await session.CallAsync("echo")).Status);
    }

    [Fact]
    public async Task SessionWhoseCallTakesLonger_DoesntEnd()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--idle-time 1s");
        var answer = await (await bridge.OpenAsync()).CallAsync("slow", """{"seconds":3}""");
        Assert.True(answer.Messages[^1].TryGetProperty("result", out _));
    }

    [Fact]
    public async Task SessionsOverTheirNumber_AreRefused_UntilOneEnds()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--max-sessions 2");
        var (one, _) = (await bridge.OpenAsync(), await bridge.OpenAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bridge.SendAsync(HttpMethod.Post, BridgeSession.Initialize, null)).Status);
        await one.EndAsync();
        await bridge.OpenAsync();
    }

    [Fact]
    public async Task LinesThatAreNoMessages_AreDroppedAndShown_WithoutWhatMovesTheCursor()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--error-lines 5");
        var session = await bridge.OpenAsync();

        var answer = await session.CallAsync("garbage", """{"lines":3}""");
        Assert.True(Assert.Single(answer.Messages).TryGetProperty("result", out _));
        Assert.Contains(bridge.Log, line => line.Contains("Listening on stdio \\u001b[2J", StringComparison.Ordinal));

        Assert.Equal(-32000, (await session.CallAsync("garbage", """{"lines":3}""")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await session.CallAsync("echo")).Status);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":NaN}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    public async Task MessageThatCannotBeReadInOneWay_EndsTheSession_AndIsNotWaitedFor(string line)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        var hanging = await session.CallAsync("raw", $$"""{"line":{{JsonSerializer.Serialize(line)}}}""");
        Assert.Equal(-32000, hanging.Code);
        Assert.Equal(HttpStatusCode.NotFound, (await session.CallAsync("echo")).Status);
    }

    [Fact]
    public async Task LinesOfStandardError_AreShownUpToANumber()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--error-lines 3");
        var session = await bridge.OpenAsync();
        foreach (var i in Enumerable.Range(0, 20))
        {
            await session.CallAsync("log", $$"""{"text":"line {{i}} {{new string('y', 5000)}}"}""");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await session.EndAsync()).Status);
        await bridge.EndAsync("TERM");
        var shown = bridge.Log.Where(line => line.Contains("yyy", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, shown.Count);
        Assert.All(shown, line => Assert.InRange(line.Length, 1000, 1100));
    }

    [Fact]
    public async Task LineThatIsTooLong_EndsTheSession_AndALongOneIsAnAnswer()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--max-message-bytes 1000000");
        var session = await bridge.OpenAsync();
        Assert.Equal(900_000, (await session.ResultAsync("huge", """{"bytes":900000}""")).GetString()!.Length);

        var answer = await session.CallAsync("huge", """{"bytes":9000000}""");

        Assert.Equal(-32000, answer.Code);
        Assert.Contains("1000000 bytes", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await session.CallAsync("echo")).Status);
    }

    [Fact]
    public async Task ProgramThatIsKilled_LeavesNothing_WhereverItsChildrenWent()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        var family = (await session.ResultAsync("family")).EnumerateArray().Select(id => id.GetInt32()).ToList();
        Assert.All(family, id => Assert.True(LeftProcesses.IsAlive(id)));

        await session.CallAsync("exit", """{"code":0}""");

        await LeftProcesses.AssertGoneAsync(family);
    }

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 0)]
    [InlineData("KILL", 137)]
    public async Task BridgeThatIsEnded_LeavesNothing(string signal, int exit)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--stop-time 1s");
        var sessions = new[] { await bridge.OpenAsync(), await bridge.OpenAsync(), await bridge.OpenAsync() };
        var family = new List<int>();
        foreach (var session in sessions)
        {
            family.AddRange((await session.ResultAsync("family")).EnumerateArray().Select(id => id.GetInt32()));
        }

        var hanging = sessions[0].CallAsync("hang");
        Assert.Equal(12, family.Count(LeftProcesses.IsAlive));

        Assert.Equal(exit, await bridge.EndAsync(signal));

        await LeftProcesses.AssertGoneAsync(family);
        await hanging.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Some are ended by the client, some end themselves; <c>make bridge</c> has a thousand.</summary>
    [Fact]
    public async Task ManySessions_LeaveNothing()
    {
        var many = Setting() is { Length: > 0 } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 50;
        await using var bridge = await RunningBridge.StartAsync(_folder, program: [.. RunningBridge.Server, _folder.Root]);
        var before = OpenFiles(bridge);
        var started = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, many),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, cancelled) =>
            {
                var session = await bridge.OpenAsync();
                if (number % 5 == 0)
                {
                    await session.ResultAsync("family");
                }

                Interlocked.Increment(ref started);
                await (number % 2 == 0 ? session.EndAsync() : session.CallAsync("exit", """{"code":1}""")).WaitAsync(cancelled);
            }
        );

        Assert.Equal(many, started);
        await LeftProcesses.AssertGoneAsync([.. LeftProcesses.With(_folder.Root).Where(id => id != bridge.Id)]);
        Assert.InRange(OpenFiles(bridge), 0, before + 40); // Connections of the client's, not three pipes a session.
    }

    private static int OpenFiles(RunningBridge bridge) => Directory.GetFileSystemEntries($"/proc/{bridge.Id}/fd").Length;

#pragma warning disable RS0030 // No other setting can reach a test.
    private static string? Setting() => Environment.GetEnvironmentVariable(SessionsSetting);
#pragma warning restore RS0030
}
