using System.Text;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Policy.Model;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class KnownDefinitionsTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly DefinitionSource Source = SourceOf("files");

    private readonly FakeTimeProvider _clock = new();
    private readonly KnownDefinitions _known;

    public KnownDefinitionsTests() => _known = new KnownDefinitions(_clock);

    [Fact]
    public async Task A_list_is_read_once_and_known_until_it_is_as_old_as_allowed()
    {
        var reads = 0;
        Task<IReadOnlyList<ListPage>?> Read(CancellationToken _)
        {
            reads++;
            return Task.FromResult<IReadOnlyList<ListPage>?>([Page("a")]);
        }

        Assert.Null(_known.Find(Source, Age));
        var list = await _known.GetAsync(Source, Age, Read, default);
        Assert.Equal("a", Assert.Single(list!.All).Name);
        _clock.Advance(Age - TimeSpan.FromTicks(1));
        Assert.Same(list, await _known.GetAsync(Source, Age, Read, default));
        Assert.Equal(1, reads);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_known.Find(Source, Age));
        Assert.NotSame(list, await _known.GetAsync(Source, Age, Read, default));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Its_age_counts_from_before_it_was_asked_for()
    {
        await _known.GetAsync(
            Source,
            Age,
            _ =>
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                return Pages(Page("a"));
            },
            default
        );
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(_known.Find(Source, Age));
    }

    [Fact]
    public async Task Each_tenant_connector_kind_and_credential_has_its_own()
    {
        await Read(Source, Page("a"));
        Assert.NotNull(_known.Find(Source, Age));
        Assert.Null(_known.Find(Source with { Tenant = Id<Tenant>.Parse("other") }, Age));
        Assert.Null(_known.Find(Source with { Connector = Id<Connector>.Parse("other") }, Age));
        Assert.Null(_known.Find(Source with { Kind = ListKind.Prompts }, Age));
        Assert.Null(_known.Find(Source with { Credential = "other" }, Age));
    }

    [Fact]
    public async Task Of_many_callers_at_once_one_reads_and_all_get_it()
    {
        var (reads, gate) = (0, new TaskCompletionSource<IReadOnlyList<ListPage>?>());
        var callers = Enumerable
            .Range(0, 200)
            .Select(_ =>
                Task.Run(async () =>
                    await _known.GetAsync(
                        Source,
                        Age,
                        _ =>
                        {
                            Interlocked.Increment(ref reads);
                            return gate.Task;
                        },
                        default
                    )
                )
            )
            .ToList();
        Assert.DoesNotContain(callers, caller => caller.IsCompleted);
        gate.SetResult([Page("a")]);
        var lists = await Task.WhenAll(callers);
        Assert.Equal(1, reads);
        Assert.NotNull(Assert.Single(lists.Distinct()));
    }

    [Fact]
    public async Task Where_it_cant_be_read_all_who_wait_get_nothing_and_the_next_one_reads_again()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<ListPage>?>();
        var first = _known.GetAsync(Source, Age, _ => gate.Task, default).AsTask();
        var second = _known.GetAsync(Source, Age, _ => throw new InvalidOperationException("Only one reads."), default).AsTask();
        gate.SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Null(await second);
        Assert.Null(await _known.GetAsync(Source, Age, _ => Task.FromResult<IReadOnlyList<ListPage>?>(null), default));
        Assert.NotNull(await Read(Source, Page("a")));
    }

    [Fact]
    public async Task Whoever_goes_away_takes_nobody_along()
    {
        using var leaves = new CancellationTokenSource();
        var first = _known
            .GetAsync(
                Source,
                Age,
                async cancellation =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return null;
                },
                leaves.Token
            )
            .AsTask();
        var second = _known.GetAsync(Source, Age, _ => Pages(Page("a")), default).AsTask();
        using var leavesToo = new CancellationTokenSource();
        var third = _known.GetAsync(Source, Age, _ => Pages(Page("b")), leavesToo.Token).AsTask();
        await leavesToo.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.False(second.IsCompleted);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await second)!.Find("a"));
    }

    [Fact]
    public async Task A_list_that_changed_is_forgotten_at_once_and_one_that_changed_while_it_was_read_is_read_again()
    {
        await Read(Source, Page("a"));
        _known.Forget(Source);
        Assert.Null(_known.Find(Source, Age));

        var reads = 0;
        var list = await _known.GetAsync(
            Source,
            Age,
            _ =>
            {
                if (++reads == 1)
                {
                    _known.Forget(Source);
                }

                return Pages(Page("v" + reads));
            },
            default
        );
        Assert.NotNull(list!.Find("v2"));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task A_list_that_changes_each_time_it_is_read_isnt_known()
    {
        var reads = 0;
        var list = await _known.GetAsync(
            Source,
            Age,
            _ =>
            {
                reads++;
                _known.Forget(Source);
                return Pages(Page("a"));
            },
            default
        );
        Assert.Null(list);
        Assert.Null(_known.Find(Source, Age));
        Assert.Equal(2, reads);
    }

    [Theory]
    [InlineData("""{"name":"a","inputSchema":{}}""", true)]
    [InlineData("""{ "inputSchema" : {},"name":"\u0061","_meta":{"x":1}}""", true)]
    [InlineData("""{"name":"a","inputSchema":{},"description":"new"}""", false)]
    [InlineData("""{"name":"b","inputSchema":{}}""", false)]
    public async Task A_page_that_shows_another_definition_makes_it_forgotten(string shown, bool isKnown)
    {
        await Read(Source, PageOf("""{"name":"a","inputSchema":{}}"""));
        _known.Compare(Source, PageOf(shown));
        Assert.Equal(isKnown, _known.Find(Source, Age) is not null);
    }

    [Fact]
    public async Task Pages_make_one_list_and_names_are_looked_at_across_them()
    {
        var list = await Read(Source, Page("a"), Page("b"), Page("A"));
        Assert.Equal(["a", "b", "A"], list!.All.Select(tool => tool.Name));
        Assert.Equal(DefinitionFinding.AlikeName, list.Find("a")!.Finding);
        Assert.Equal(DefinitionFinding.Sound, list.Find("b")!.Finding);
        Assert.Null(list.Find("c"));
        Assert.Null(list.Find(""));

        var repeated = await Read(SourceOf("other"), Page("a"), Page("a"));
        Assert.Equal(DefinitionFinding.RepeatedName, repeated!.Find("a")!.Finding);
    }

    [Fact]
    public async Task An_error_no_page_and_too_many_items_are_no_list()
    {
        Assert.Null(await Read(Source));
        Assert.Null(await Read(Source, Page("a"), Answer("""{"error":{"code":1,"message":"no"}}""")));
        var half = Answer(
            "{\"result\":{\"tools\":["
                + string.Join(
                    ',',
                    Enumerable.Range(0, (DefinitionList.MaxItems / 2) + 1).Select(i => $"{{\"name\":\"t{i}\",\"inputSchema\":{{}}}}")
                )
                + "]}}"
        );
        Assert.NotNull(await Read(Source, half));
        _known.Forget(Source);
        Assert.Null(await Read(Source, half, half));
    }

    [Fact]
    public async Task What_is_kept_stays_within_its_bounds_and_the_oldest_goes_first()
    {
        var small = new KnownDefinitions(_clock, mostBytes: 5000);
        for (var i = 0; i < 100; i++)
        {
            var page = PageOf($"{{\"name\":\"a\",\"inputSchema\":{{\"x\":\"{new string('x', 1000)}\"}}}}");
            Assert.NotNull(await small.GetAsync(SourceOf($"s{i}"), Age, _ => Pages(page), default));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(
            ["s97", "s98", "s99"],
            Enumerable.Range(0, 100).Select(i => $"s{i}").Where(s => small.Find(SourceOf(s), Age) is not null)
        );
        var huge = PageOf($"{{\"name\":\"a\",\"inputSchema\":{{\"x\":\"{new string('x', 6000)}\"}}}}");
        Assert.Null(await small.GetAsync(SourceOf("huge"), Age, _ => Pages(huge), default));
    }

    [Fact]
    public async Task No_more_sources_are_known_than_the_bound()
    {
        for (var i = 0; i < KnownDefinitions.MostSources + 10; i++)
        {
            await Read(SourceOf($"s{i}"), Page("a"));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var known = Enumerable.Range(0, KnownDefinitions.MostSources + 10).Count(i => _known.Find(SourceOf($"s{i}"), Age) is not null);
        Assert.Equal(KnownDefinitions.MostSources, known);
        Assert.Null(_known.Find(SourceOf("s9"), Age));
    }

    [Fact]
    public void A_list_that_passed_can_be_kept_unless_it_was_forgotten_meanwhile()
    {
        var reading = _known.Begin(Source);
        Assert.NotNull(_known.Keep(reading, [Page("a")]));
        Assert.NotNull(_known.Find(Source, Age));

        reading = _known.Begin(Source);
        _known.Forget(Source);
        Assert.Null(_known.Keep(reading, [Page("a")]));
        Assert.Null(_known.Keep(default, [Page("a")]));
        Assert.Null(_known.Find(Source, Age));
    }

    [Fact]
    public async Task Under_many_hands_nobody_gets_a_list_from_before_it_was_forgotten()
    {
        var served = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(Work)).ToList();
        async Task Work()
        {
            for (var i = 0; i < 500; i++)
            {
                if (i % 10 == 0)
                {
                    Interlocked.Increment(ref served);
                    _known.Forget(Source);
                }

                var least = Volatile.Read(ref served);
                var list = await _known.GetAsync(
                    Source,
                    Age,
                    async _ =>
                    {
                        var version = Volatile.Read(ref served);
                        await Task.Yield();
                        return [Page($"v{version}")];
                    },
                    default
                );
                Assert.True(
                    list is null || int.Parse(list.All[0].Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) >= least - 8
                );
            }
        }

        await Task.WhenAll(workers);
        Assert.NotNull(await Read(Source, Page("end")));
    }

    private static DefinitionSource SourceOf(string connector) =>
        new(Id<Tenant>.Parse("acme"), Id<Connector>.Parse(connector), ListKind.Tools, "vault://local/key");

    private static ListPage Page(string name) => PageOf($"{{\"name\":\"{name}\",\"inputSchema\":{{}}}}");

    private static ListPage PageOf(string tool) => Answer("{\"result\":{\"tools\":[" + tool + "]}}");

    private static ListPage Answer(string message) =>
        ListPage.Read(ListKind.Tools, Encoding.UTF8.GetBytes(message), out var problem) ?? throw new FormatException(problem);

    private static Task<IReadOnlyList<ListPage>?> Pages(params ListPage[] pages) => Task.FromResult<IReadOnlyList<ListPage>?>(pages);

    private async Task<DefinitionList?> Read(DefinitionSource source, params ListPage[] pages) =>
        await _known.GetAsync(source, Age, _ => Pages(pages), default);
}
