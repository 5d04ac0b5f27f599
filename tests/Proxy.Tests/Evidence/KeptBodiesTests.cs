using System.Text;
using Gateway.Connectors.Bodies;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What a running gateway keeps of bodies, and that it lets nothing through whose body it should keep and can't.</summary>
public sealed class KeptBodiesTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    [Fact]
    public async Task Full_KeepsBothBodiesAsTheyCame_AndNothingOfThemInClear()
    {
        const string canary = "canary-both-ways";
        doors.Answer(canary, $$"""{"said":"{{canary}}"}""");

        var earliest = Today().AddDays(7);
        using var response = await doors.ToolAsync("full", canary, $$"""{"asked": "{{canary}}"}""");
        var decision = KeptDoors.DecisionOf(response);

        Assert.Equal($$"""{"asked": "{{canary}}"}""", doors.Kept(decision, BodyDirection.Request));
        Assert.Equal($$"""{"said":"{{canary}}"}""", doors.Kept(decision, BodyDirection.Response));
        var (request, answer, outcome) = await doors.RecordedAsync(decision);
        Assert.Equal(
            Sha256Digest.Compute(Encoding.UTF8.GetBytes($$"""{"asked": "{{canary}}"}""")).ToString(),
            request!.Value.GetProperty("digest").GetString()
        );
        Assert.Equal(outcome.GetProperty("response_digest").GetString(), answer!.Value.GetProperty("digest").GetString());
        Assert.Equal("full", answer.Value.GetProperty("form").GetString());
        Assert.InRange(
            DateOnly.Parse(request.Value.GetProperty("until").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            earliest,
            Today().AddDays(7)
        );

        // The path, which the word stands in too, is recorded in clear: what is looked for is the body's own text.
        Assert.Empty(await FilesWithAsync($$"""asked": "{{canary}}"""));
        Assert.Empty(await FilesWithAsync($$"""said":"{{canary}}"""));
    }

    [Fact]
    public async Task Digest_KeepsNothing()
    {
        doors.Answer("nothing-kept", "{}");
        using var response = await doors.ToolAsync("digest", "nothing-kept", "{}");
        var decision = KeptDoors.DecisionOf(response);

        var (request, answer, _) = await doors.RecordedAsync(decision);
        Assert.Null(request);
        Assert.Null(answer);
        Assert.Empty(Directory.GetFiles(doors.BodiesPath, $"{decision}*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Redacted_KeepsWhatTheRedactorLeaves_AndChangesNothingOnTheWay()
    {
        const string said = """{"card":"4111 1111 1111 1111","note":"fine"}""";
        var seen = doors.Upstream.Expect("to-be-cleaned");
        seen.Begin = connection =>
            connection.EndAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {said.Length}\r\n\r\n{said}");

        using var response = await doors.ToolAsync("redacted", "to-be-cleaned", """{"mail":"jane@example.com","note":"hello"}""");
        var decision = KeptDoors.DecisionOf(response);

        Assert.Equal(said, await response.Content.ReadAsStringAsync());
        Assert.Contains("jane@example.com", (await seen.ConnectionAsync()).Body, StringComparison.Ordinal);
        var request = doors.Kept(decision, BodyDirection.Request)!;
        var answer = doors.Kept(decision, BodyDirection.Response)!;
        Assert.DoesNotContain("jane", request, StringComparison.Ordinal);
        Assert.Contains("hello", request, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", answer, StringComparison.Ordinal);
        Assert.Contains("fine", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redacted_RequestThatCannotBe_IsRefusedAndNothingOfItIsKept()
    {
        using var response = await doors.ToolAsync("redacted", "unredactable", """{"jane@example.com":1}""");
        var decision = KeptDoors.DecisionOf(response);

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains("must be kept redacted", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (request, _, outcome) = await doors.RecordedAsync(decision);
        Assert.Equal("unredactable", request!.Value.GetProperty("problem").GetString());
        Assert.Equal(
            ("refused", "obligation_unmet"),
            (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString())
        );
        Assert.Null(doors.Kept(decision, BodyDirection.Request));
    }

    [Fact]
    public async Task Redacted_AnswerThatCannotBe_IsDeliveredAndTheRecordSaysThatItWasNotKept()
    {
        doors.Answer("a-page", "<p>jane@example.com</p>", "text/html");
        using var response = await doors.ToolAsync("redacted", "a-page", "{}");

        Assert.Equal("<p>jane@example.com</p>", await response.Content.ReadAsStringAsync());
        var (_, answer, outcome) = await doors.RecordedAsync(KeptDoors.DecisionOf(response));
        Assert.Equal("unredactable", answer!.Value.GetProperty("problem").GetString());
        Assert.Equal("completed", outcome.GetProperty("status").GetString());
        Assert.Null(doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response));
    }

    [Fact]
    public async Task Full_OfAReducedCall_KeepsWhatArrivedAndWhatCameBack()
    {
        doors.Answer("reduced-call", """{"mail":"kim@example.com"}""");
        using var response = await doors.ToolAsync("full", "reduced-call", """{"mail":"jane@example.com"}""", screened: true);

        Assert.DoesNotContain("kim@", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"mail":"jane@example.com"}""", doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Request));
        Assert.Equal("""{"mail":"kim@example.com"}""", doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response));
    }

    [Fact]
    public async Task Full_KeepsTheBodyOfARefusedCallToo()
    {
        using var response = await doors.ToolAsync("full", "not-mine/remove", """{"why":"no"}""");

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Equal("""{"why":"no"}""", doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Request));
        Assert.Null(doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response));
    }

    [Fact]
    public async Task Stream_IsKeptAsItCame()
    {
        const string events = """
            data: {"choices":[{"index":0,"delta":{"content":"one"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}

            data: [DONE]


            """;
        doors.Upstream.Answer("kept-stream", $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{events}");

        using var response = await doors.ChatAsync("kept-1", "kept-stream", stream: true);
        await response.Content.ReadAsStringAsync();

        // The usage that Gateway asked for itself isn't the caller's, and came all the same.
        Assert.Equal(events.TrimEnd('\n'), doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response)!.TrimEnd('\n'));
    }

    [Fact]
    public async Task Stream_ThatEndsEarly_IsKeptAsFarAsItCame()
    {
        const string first = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";
        doors.Upstream.Answer(
            "early-end",
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{first}data: {{\"cho"
        );

        using var response = await doors.ChatAsync("kept-1", "early-end", stream: true);
        await response.Content.ReadAsStringAsync();

        var (_, answer, outcome) = await doors.RecordedAsync(KeptDoors.DecisionOf(response));
        Assert.Equal("cut", outcome.GetProperty("status").GetString());
        Assert.Equal("full", answer!.Value.GetProperty("form").GetString());
        Assert.StartsWith(first, doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WithTheCredentialInIt_IsNotKept()
    {
        doors.Answer("leaking", $$"""{"id":"x","choices":[],"said":"{{StandIn.RunningStandIn.OpenAiKey}}"}""");
        using var response = await doors.ChatAsync("kept-1", "leaking", stream: false);
        var decision = KeptDoors.DecisionOf(response);

        var (request, answer, outcome) = await doors.RecordedAsync(decision);
        Assert.Equal("credential_in_answer", outcome.GetProperty("reason").GetString());
        Assert.NotNull(request);
        Assert.Null(answer);
        Assert.Null(doors.Kept(decision, BodyDirection.Response));
    }

    [Fact]
    public async Task EqualCallsAtOnce_AreKeptEachForItself()
    {
        doors.Answer("at-once", """{"same":true}""");

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => doors.ToolAsync("full", "at-once", """{"equal":1}""")));

        Assert.Equal(20, responses.Select(KeptDoors.DecisionOf).Distinct().Count());
        Assert.All(
            responses,
            response =>
            {
                Assert.Equal("""{"equal":1}""", doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Request));
                Assert.Equal("""{"same":true}""", doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Response));
                response.Dispose();
            }
        );
    }

    [Fact]
    public async Task Deleting_BreaksNoChain()
    {
        doors.Answer("deleted-later", "{}");
        using var response = await doors.ToolAsync("full", "deleted-later", """{"a":1}""");
        var files = Directory.GetFiles(doors.BodiesPath, $"{KeptDoors.DecisionOf(response)}.*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);

        Array.ForEach(files, File.Delete);

        Assert.Null(doors.Kept(KeptDoors.DecisionOf(response), BodyDirection.Request));
        Assert.True(JournalVerifier.Verify(doors.Gateway.JournalPath).IsGood);
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private async Task<IEnumerable<string>> FilesWithAsync(string text) =>
        from file in await WholeFolder.ReadAsync(doors.Gateway.DataPath)
        where file.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
        select file.Path;
}
