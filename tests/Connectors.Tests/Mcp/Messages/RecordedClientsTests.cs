using System.Text;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>What official clients and a server that passes the official suite say to each other is read whole, and agrees.</summary>
public sealed class RecordedClientsTests(ITestOutputHelper output)
{
    private static readonly McpParamHeader[] Parameters = [new("Region", "/region", McpParamType.Text)];

    [McpKitFact]
    public Task The_modern_client_is_read() => ReadAsync(McpEras.Modern, [], "--sdk", "v2", "--era", "modern");

    [McpKitFact]
    public Task The_modern_client_is_read_where_each_result_is_a_stream() =>
        ReadAsync(McpEras.Modern, ["--sse"], "--sdk", "v2", "--era", "modern");

    [McpKitFact]
    public Task The_same_client_is_read_in_the_legacy_era() => ReadAsync(McpEras.Legacy, [], "--sdk", "v2", "--era", "legacy");

    [McpKitFact]
    public Task The_older_client_is_read() => ReadAsync(McpEras.Legacy, ["--sse"], "--sdk", "v1");

    private async Task ReadAsync(McpEras era, string[] server, params string[] client)
    {
        var pairs = await RecordedRun.OfAsync(
            server,
            run => [McpKitFactAttribute.Client, "--url", run.Url, "--control", run.Control, .. client]
        );
        var seen = new Seen();
        foreach (var (request, answer) in pairs)
        {
            ReadPair(request, answer, era, seen);
        }

        output.WriteLine(seen.ToString());
        Assert.True(era == McpEras.Legacy || seen.Mirrored > 0, "No argument was mirrored into a header.");
        Assert.True(seen.Requests > 30 && seen.Answers > 30 && seen.Asides > 10, seen.ToString());
    }

    /// <summary>
    /// The official suite sends good messages and broken ones. What is served by a server that passes it is accepted here, and what that
    /// server refuses for its form is refused here with the same code.
    /// </summary>
    [McpKitFact]
    public async Task The_official_suite_is_answered_as_by_a_server_that_passes_it()
    {
        using var folder = new TemporaryDirectory();
        var pairs = await RecordedRun.OfAsync(
            [],
            run => [Repository.Shared("mcp/conformance.mjs"), "--url", run.Url, "--out", folder.Path]
        );
        var codes = new SortedDictionary<int, int>();
        foreach (var (request, answer) in pairs.Where(pair => pair.Request.FirstLine.StartsWith("POST /mcp", StringComparison.Ordinal)))
        {
            if (answer.FirstLine.Contains(" 403", StringComparison.Ordinal))
            {
                continue; // For its Host or Origin, which aren't the message's.
            }

            var theirs = CodeOf(answer);
            var ours = FaultOf(request);
            var shown = $"{theirs} there, {ours} here\n{Encoding.UTF8.GetString(request.Body)}\n{Encoding.UTF8.GetString(answer.Body)}";
            // The suite wants null refused or asked about again: the server asks, and Gateway refuses what is neither there nor absent.
            var isNull = ours == McpFaults.Params && request.Body.AsSpan().IndexOf("\"inputResponses\":null"u8) >= 0;
            Assert.True(ours is null || ours.Code == theirs || isNull, shown);
            Assert.True(ours is not null || theirs is not (-32700 or -32600 or -32601 or -32020 or -32022), shown);
            codes[ours?.Code ?? 0] = codes.GetValueOrDefault(ours?.Code ?? 0) + 1;
        }

        output.WriteLine(string.Join(", ", codes));
        Assert.True(codes[0] > 100, "Hardly anything was accepted.");
        Assert.Superset(new HashSet<int> { -32601, -32020, -32022, -32602 }, codes.Keys.ToHashSet());
    }

    private static int? CodeOf(RecordedHttp answer)
    {
        foreach (var text in answer.Messages())
        {
            if (McpAnswer.TryRead(text, out var read, out _) && read.Kind == MessageKind.ErrorResponse)
            {
                return int.Parse(read[McpMember.ErrorCode].Of(text), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static McpFault? FaultOf(RecordedHttp request)
    {
        var lines = LinesOf(request);
        if (
            !McpMessageReader.TryRead(request.Body, out var message, out var fault)
            || !McpEra.TryTell(in message, request.Body, lines.ProtocolVersion, out var era, out fault)
            || message.Kind is MessageKind.Response or MessageKind.ErrorResponse
            || !McpMethods.TryFind(in message, request.Body, era, out var method, out fault)
        )
        {
            return fault;
        }

        var mirrored = message.Name.TextEquals(request.Body, "test_x_mcp_header"u8) ? Parameters : [];
        McpHeaders.TryAgree(in message, request.Body, method, era, in lines, mirrored, out fault);
        return fault;
    }

    private static McpHeaderLines LinesOf(RecordedHttp request)
    {
        var lines = default(McpHeaderLines);
        foreach (var (name, value) in request.Headers)
        {
            lines.Add(name, value);
        }

        return lines;
    }

    private static void ReadPair(RecordedHttp request, RecordedHttp answer, McpEras expected, Seen seen)
    {
        McpExchange? exchange = null;
        if (request.FirstLine.StartsWith("POST /mcp", StringComparison.Ordinal) && request.Body.Length > 0)
        {
            var shown = Encoding.UTF8.GetString(request.Body);
            Assert.True(
                McpMessageReader.TryRead(request.Body, out var message, out var fault, isLoose: true),
                $"{fault?.Message}\n{shown}"
            );
            var lines = default(McpHeaderLines);
            foreach (var (name, value) in request.Headers)
            {
                lines.Add(name, value);
            }

            Assert.True(
                McpEra.TryTell(in message, request.Body, lines.ProtocolVersion, out var era, out fault),
                $"{fault?.Message}\n{shown}"
            );
            var isProbe = shown.Contains("\"tools/list\"}", StringComparison.Ordinal); // The script's own, on the ended session.
            Assert.True(era == expected || isProbe, shown);
            if (message.Kind is MessageKind.Request or MessageKind.Notification)
            {
                Assert.True(McpMethods.TryFind(in message, request.Body, era, out var method, out fault), $"{fault?.Message}\n{shown}");
                var mirrored = message.Name.TextEquals(request.Body, "test_x_mcp_header"u8) ? Parameters : [];
                Assert.True(
                    McpHeaders.TryAgree(in message, request.Body, method, era, in lines, mirrored, out fault),
                    $"{fault?.Message}\n{shown}"
                );
                seen.Mirrored += lines.Params.Count;
            }

            exchange = message.Kind == MessageKind.Request ? new McpExchange(message.Id.Of(request.Body)) : null;
            seen.Requests++;
        }

        foreach (var text in answer.Messages())
        {
            Assert.True(McpAnswer.TryRead(text, out var read, out var fault), $"{fault?.Message}\n{Encoding.UTF8.GetString(text)}");
            Assert.NotEqual(McpResultType.Unknown, read.ResultType);
            var place = exchange?.Take(in read, text) ?? AnswerPlace.Aside;
            Assert.True(place is AnswerPlace.Answer or AnswerPlace.Aside or AnswerPlace.Unaddressed, Encoding.UTF8.GetString(text));
            if (read.Method.IsPresent)
            {
                Assert.True(McpMethods.TryFind(in read, text, expected, out _), Encoding.UTF8.GetString(text));
            }

            seen.Answers += place == AnswerPlace.Answer ? 1 : 0;
            seen.Asides += place == AnswerPlace.Aside ? 1 : 0;
        }
    }

    private sealed record Seen
    {
        public int Requests { get; set; }

        public int Answers { get; set; }

        public int Asides { get; set; }

        public int Mirrored { get; set; }
    }
}
