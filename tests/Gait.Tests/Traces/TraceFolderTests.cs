using Gateway.Gait.Artifacts;
using Gateway.Gait.Tests.Packs;
using Gateway.Gait.Traces;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Traces;

public sealed class TraceFolderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Traces_WrittenAtOnce_AreOneChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AppendAsync()));

        Assert.Equal(20, Read().Count);
        Assert.Null(TraceChain.Check(Read(), TraceFolder.Head(_directory.Path)));
    }

    [Fact]
    public async Task Trace_TakenOut_IsMissed()
    {
        for (var i = 0; i < 4; i++)
        {
            await AppendAsync();
        }

        var head = TraceFolder.Head(_directory.Path);
        foreach (var file in Files())
        {
            var kept = await File.ReadAllBytesAsync(file);
            File.Delete(file);
            Assert.Equal(ProblemCodes.Chain, TraceChain.Check(Read(), head)?.Code);
            await File.WriteAllBytesAsync(file, kept);
        }

        Assert.Null(TraceChain.Check(Read(), head));
    }

    [Fact]
    public async Task Trace_ThatFollowsTheSameOneAsAnother_IsNamed()
    {
        var first = (await AppendAsync()).Trace;
        await AppendAsync();
        var fork = SignedTrace.Write(SampleTrace.Subject("tool.read") with { Previous = first.Digest }, SampleRun.Key);
        await File.WriteAllBytesAsync(_directory.File("trace_fork.json"), fork.Bytes);

        Assert.Equal(ProblemCodes.Chain, TraceChain.Check(Read())?.Code);
    }

    [Fact]
    public async Task Traces_ThatWereNeverChained_AreNoBrokenChain()
    {
        await File.WriteAllBytesAsync(_directory.File("trace_1.json"), SampleTrace.Signed().Bytes);
        await File.WriteAllBytesAsync(_directory.File("trace_2.json"), SampleTrace.Signed(SampleTrace.Subject("tool.read")).Bytes);
        Assert.Null(TraceChain.Check(Read()));
    }

    [Fact]
    public async Task WriterKilledBeforeTheEnd_LeavesNothingBehind()
    {
        var (first, _) = await AppendAsync();
        var orphan = _directory.File("trace_orphan.json");
        await File.WriteAllBytesAsync(
            orphan,
            SignedTrace.Write(SampleTrace.Subject("tool.read") with { Previous = first.Digest }, SampleRun.Key).Bytes
        );
        await File.WriteAllTextAsync(_directory.File(TraceFolder.HeadName), $"{first.Digest}\ntrace_orphan.json\n");

        await AppendAsync();
        Assert.False(File.Exists(orphan));
        Assert.Null(TraceChain.Check(Read(), TraceFolder.Head(_directory.Path)));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("garbage\n")]
    [InlineData("\n../../etc/passwd\n")]
    public async Task Head_ThatIsNotWhole_StopsTheChain(string head)
    {
        await AppendAsync();
        await File.WriteAllTextAsync(_directory.File(TraceFolder.HeadName), head);
        await Assert.ThrowsAsync<IOException>(() => AppendAsync());
    }

    [Fact]
    public async Task FolderThatIsHeldByAnother_IsGivenUp()
    {
        await AppendAsync();
        await using var held = new FileStream(_directory.File(TraceFolder.HeadName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await Assert.ThrowsAsync<IOException>(() =>
            new TraceFolder(_directory.Path, new Impatient()).AppendAsync(SampleTrace.Subject(), SampleRun.Key, CancellationToken.None)
        );
    }

    private Task<(SignedTrace Trace, string File)> AppendAsync() =>
        new TraceFolder(_directory.Path, TimeProvider.System).AppendAsync(SampleTrace.Subject(), SampleRun.Key, CancellationToken.None);

    private string[] Files() => [.. Directory.GetFiles(_directory.Path, "trace_*.json").Order(StringComparer.Ordinal)];

    private List<(string, TraceVerification)> Read()
    {
        var traces = Files().Select(file => (Path.GetFileName(file), SampleTrace.Verify(File.ReadAllBytes(file)))).ToList();
        Assert.All(traces, trace => Assert.True(trace.Item2.IsGood));
        return traces;
    }

    /// <summary>A minute passes each time that somebody looks.</summary>
    private sealed class Impatient : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _now, 60);
    }
}
