using System.Net;
using System.Text;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Budget.Tests;

/// <summary>
/// Guards the path of a request against allocations that creep in. Client, gateway and stand-in are one process: what client and stand-in
/// allocate without a gateway between them is measured too and taken off.
/// </summary>
public sealed class AllocationBudgetTests(ITestOutputHelper output)
{
    private const int Warm = 500;
    private const int Rounds = 5;
    private const int Requests = 500;

    /// <summary>The stand-in says again what it is asked, so the card number comes back.</summary>
    private const string Question =
        """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Please answer ada@example.com, who paid with 4111 1111 1111 1111 and waits for it, in two sentences."}]}""";

    /// <value> Bytes a request. The least of five rounds of 500 warm chats, one after the other, on .NET 10 and x64 Linux: 9,700 with a
    /// bearer key, 10,400 signed and redacted both ways. The bounds are a little above. In Debug the assertions allocate too. </value>
    private readonly RequestBudgets _budgets = RequestBudgets.Read();

    [ReleaseFact]
    public async Task Warm_bearer_chat_stays_within_its_budgets_of_allocations_and_of_journal()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, Documents);
        var key = await gateway.NewBearerAsync("busy");
        var body = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""";
        var (through, direct) = await MeasureAsync(
            () => gateway.SendAsync(Chat(gateway.Address, body, ("x-api-key", key))),
            () => gateway.SendAsync(Chat(provider.Address, body, ("Authorization", $"Bearer {RunningStandIn.OpenAiKey}")))
        );

        var (records, recorded) = Journal(gateway.JournalPath);

        output.WriteLine($"{recorded / records} bytes a record, {records} records");
        Assert.True(
            records > Rounds * Requests && recorded / records <= _budgets.RecordBytes,
            $"A record takes {recorded / records} bytes of the journal, over the budget in loadtests/budgets.json."
        );
        Hold(through, direct, _budgets.AllocatedBytes);
    }

    [ReleaseFact]
    public async Task Warm_signed_chat_that_is_redacted_both_ways_stays_within_its_budget_of_allocations()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, RedactedDocuments);
        var signer = await gateway.NewSignerAsync("busy-redacted");
        (await gateway.SendSignedAsync(signer, () => Chat(gateway.Address, Question))).Dispose(); // Waits until signatures count.
        var (through, direct) = await MeasureAsync(
            () => SendSignedAsync(gateway, signer, Chat(gateway.Address, Question)),
            () =>
                SendSignedAsync(gateway, signer, Chat(provider.Address, Question, ("Authorization", $"Bearer {RunningStandIn.OpenAiKey}")))
        );

        using var answer = await SendSignedAsync(gateway, signer, Chat(gateway.Address, Question));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("[redacted:email]", text, StringComparison.Ordinal); // On its way out.
        Assert.Contains("[redacted:card]", text, StringComparison.Ordinal); // On its way back.
        Hold(through, direct, _budgets.AllocatedBytesRedacted);
    }

    private static readonly string Documents = Granted("busy");

    private static readonly string RedactedDocuments = string.Join(
        "\n---\n",
        Granted("busy-redacted"),
        """
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: redaction}
        spec:
          rules:
            - name: redact-both-ways
              effect: degrade
              match: {tool_names: [openai/chat], identities: [busy-redacted]}
              obligations:
                redact_request: {patterns: [email, secret]}
                redact_response: {patterns: [email, card, secret]}
        """
    );

    private static string Granted(string agent) =>
        string.Join("\n---\n", DoorDocuments.Agent(agent, "  rate: none"), DoorDocuments.Permission(agent, "openai"));

    private void Hold(long through, long direct, long budget)
    {
        var each = through - direct;
        output.WriteLine($"{each} bytes a request: {through} through the gateway, {direct} without it");
        Assert.True(
            each <= budget,
            $"A request allocates {each} bytes, over the budget of {budget}: find what was added to the path, or raise it in "
                + "loadtests/budgets.json on purpose."
        );
    }

    /// <returns>How many records a journal holds, and the bytes of all its segments, tiles and seals.</returns>
    private static (int Records, long Bytes) Journal(string path) =>
        (Recorded.All(path).Count(), Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Sum(LengthOf));

    /// <summary>Tiles of the head before and files on their way to their names go while they are counted.</summary>
    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>Both are warm before either is measured: code that isn't optimised yet allocates more.</summary>
    private static async Task<(long Through, long Direct)> MeasureAsync(
        Func<Task<HttpResponseMessage>> through,
        Func<Task<HttpResponseMessage>> direct
    )
    {
        await SendAsync(direct, Warm);
        await SendAsync(through, Warm);
        return (await LeastAsync(through), await LeastAsync(direct));
    }

    /// <summary>The least round counts: work beside the requests and code that a busy machine compiles late, only add to a round.</summary>
    private static async Task<long> LeastAsync(Func<Task<HttpResponseMessage>> send)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await SendAsync(send, Requests);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests);
        }

        return least;
    }

    private static async Task SendAsync(Func<Task<HttpResponseMessage>> send, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var response = await send();
            await response.Content.CopyToAsync(Stream.Null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static HttpRequestMessage Chat(Uri address, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/chat/completions"))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.Add("Content-Type", "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task<HttpResponseMessage> SendSignedAsync(RunningGateway gateway, RequestSigner signer, HttpRequestMessage request)
    {
        await signer.SignAsync(request, CancellationToken.None);
        return await gateway.SendAsync(request);
    }
}
