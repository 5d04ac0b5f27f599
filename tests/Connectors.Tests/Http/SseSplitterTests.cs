using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Http;

namespace Gateway.Connectors.Tests.Http;

public sealed class SseSplitterTests
{
    private sealed record Event(string Raw, string Type, string Data, bool HasData);

    [Theory]
    [InlineData("data: a\n\n", "", "a")]
    [InlineData("data:a\r\n\r\n", "", "a")]
    [InlineData("data:  a\r\r", "", " a")]
    [InlineData("\uFEFFdata: a\n\n", "", "a")]
    [InlineData("event: message_stop\ndata: {}\n\n", "message_stop", "{}")]
    [InlineData("data: a\ndata: b\ndata\ndata: c\n\n", "", "a\nb\n\nc")]
    [InlineData("data: a\r\ndata: b\r\n\r\n", "", "a\nb")]
    [InlineData("data\n\n", "", "")]
    [InlineData("data\ndata: b\n\n", "", "\nb")]
    [InlineData(": comment\nid: 7\nretry: 3\nevent: x\nevent: y\ndatax: no\n data: no\ndata: yes\n\n", "y", "yes")]
    public void An_event_is_read_as_the_standard_says(string stream, string type, string data)
    {
        var only = Assert.Single(Split(stream, stream.Length));
        Assert.Equal(new Event(stream, type, data, true), only);
    }

    [Fact]
    public void A_block_without_data_is_given_to_be_forwarded_but_is_no_event()
    {
        var events = Split(": keep-alive\n\n\ndata: a\n\n", 100);
        Assert.Equal([": keep-alive\n\n", "\n", "data: a\n\n"], events.Select(e => e.Raw));
        Assert.Equal([false, false, true], events.Select(e => e.HasData));
    }

    [Fact]
    public void An_event_is_given_as_soon_as_its_last_line_feed_has_come()
    {
        using var splitter = new SseSplitter();
        splitter.Append("data: a\r\n\r"u8);
        Assert.False(splitter.TryRead(out _));
        splitter.Append("\n"u8);
        Assert.True(splitter.TryRead(out var next));
        Assert.Equal("data: a\r\n\r\n", Encoding.UTF8.GetString(next.Raw));
        Assert.True(splitter.Unfinished.IsEmpty);
    }

    [Fact]
    public void What_is_cut_off_at_the_end_is_no_event()
    {
        using var splitter = new SseSplitter();
        splitter.Append("data: a\n\ndata: secret\n"u8);
        splitter.Complete();
        Assert.True(splitter.TryRead(out _));
        Assert.False(splitter.TryRead(out _));
        Assert.Equal("data: secret\n", Encoding.UTF8.GetString(splitter.Unfinished));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void An_event_over_the_bound_ends_the_reading(int piece)
    {
        var good = "data: " + new string('a', 12) + "\n\n"; // 20 bytes: the bound itself.
        Assert.Equal([good], Split(good + good[..6] + "b" + good[6..] + good, piece, most: 20, out var overflowed).Select(e => e.Raw));
        Assert.True(overflowed);
        Assert.Equal(2, Split(good + good, piece, most: 20, out overflowed).Count);
        Assert.False(overflowed);
    }

    [Fact]
    public void However_a_stream_is_cut_its_events_are_the_same_and_no_byte_is_lost()
    {
        var parts = Gen.Elements("data: a", "data:", "event: e", ": c", "\n", "\r\n", "\r", "\uFEFF", "data: é😀", "x", "\n\n", "\r\n\r\n");
        var streams = Gen.ListOf(parts).Select(list => string.Concat(list));
        Prop.ForAll(
                streams.ToArbitrary(),
                Gen.Choose(1, 9).ToArbitrary(),
                (stream, piece) =>
                {
                    var whole = Split(stream, int.MaxValue);
                    var inPieces = Split(stream, piece);
                    return whole.SequenceEqual(inPieces)
                        && stream.StartsWith(string.Concat(whole.Select(e => e.Raw)), StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Splitting_costs_no_allocation_an_event()
    {
        var stream = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("event: x\ndata: {\"a\":1}\ndata: b\n\n", 50)));
        using var splitter = new SseSplitter();
        Drain(splitter, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain(splitter, stream);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Drain(SseSplitter splitter, byte[] stream)
    {
        splitter.Append(stream);
        while (splitter.TryRead(out _)) { }
    }

    private static List<Event> Split(string stream, int piece) => Split(stream, piece, SseSplitter.DefaultMaxEventBytes, out _);

    private static List<Event> Split(string stream, int piece, int most, out bool overflowed)
    {
        var events = new List<Event>();
        using var splitter = new SseSplitter(most);
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var at = 0; at < bytes.Length; at += Math.Min(piece, bytes.Length - at))
        {
            splitter.Append(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            Take(splitter, events);
        }

        splitter.Complete();
        Take(splitter, events);
        overflowed = splitter.IsOverflowing;
        return events;
    }

    private static void Take(SseSplitter splitter, List<Event> events)
    {
        while (splitter.TryRead(out var next))
        {
            events.Add(
                new Event(
                    Encoding.UTF8.GetString(next.Raw),
                    Encoding.UTF8.GetString(next.Type),
                    Encoding.UTF8.GetString(next.Data),
                    next.HasData
                )
            );
        }
    }
}
