using System.Net;
using System.Text;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Running;

/// <summary>Alone, since what every other test allocates would count too.</summary>
[CollectionDefinition(nameof(AllocationBudgetTests), DisableParallelization = true)]
public sealed class AllocationBudgetAlone;

/// <summary>
/// Guards the path of a request against allocations that creep in. Client, gateway and stand-in are one process: what client and stand-in allocate
/// without a gateway between them is measured first and taken off.
/// </summary>
[Collection(nameof(AllocationBudgetTests))]
public sealed class AllocationBudgetTests(ITestOutputHelper output)
{
    private const int Warm = 500;
    private const int Requests = 2000;

    /// <value>
    /// Bytes a request. Measured over 2,000 warm bearer chats, one after the other, on .NET 10 and x64 Linux: 17,700 in Release; Debug takes some
    /// 10,000 more, since its assertions allocate too. The bound is above both: a guard against what creeps in, not a target.
    /// </value>
    private static readonly long Budget = RequestBudgets.Read().AllocatedBytes;

    [Fact]
    public async Task Warm_chat_stays_within_its_budgets_of_allocations_and_of_journal()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, Documents);
        var key = await gateway.NewBearerAsync("busy");
        var body = Encoding.UTF8.GetBytes("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""");
        var direct = await MeasureAsync(new Uri(provider.Address, "/v1/chat/completions"), ("Authorization", $"Bearer {RunningStandIn.OpenAiKey}"), gateway, body);
        var through = await MeasureAsync(new Uri(gateway.Address, "/v1/chat/completions"), ("x-api-key", key), gateway, body);
        var each = through - direct;

        var (records, recorded) = Journal(gateway.JournalPath);

        output.WriteLine($"{recorded / records} bytes a record, {records} records");
        Assert.True(records > Requests && recorded / records <= RequestBudgets.Read().RecordBytes, $"A record takes {recorded / records} bytes of the journal, over the budget in loadtests/budgets.json.");
        output.WriteLine($"{each} bytes a request: {through} through the gateway, {direct} without it");
        Assert.True(each <= Budget, $"A request allocates {each} bytes, over the budget of {Budget}: find what was added to the path, or raise it in loadtests/budgets.json on purpose.");
    }

    private const string Documents = """
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: busy}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          status: active
          level: L2
          risk: low
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: busy-openai}
        spec: {agent: busy, connector: openai, operations: "*", auditLogging: true}
        """;

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

    private static async Task<long> MeasureAsync(Uri address, (string Name, string Value) credential, RunningGateway gateway, byte[] body)
    {
        await SendAsync(address, credential, gateway, body, Warm);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SendAsync(address, credential, gateway, body, Requests);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests;
    }

    private static async Task SendAsync(Uri address, (string Name, string Value) credential, RunningGateway gateway, byte[] body, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.Add("Content-Type", "application/json");
            request.Headers.TryAddWithoutValidation(credential.Name, credential.Value);
            using var response = await gateway.SendAsync(request);
            await response.Content.CopyToAsync(Stream.Null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
