using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Models;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>An answer that can't be written down, or read, doesn't go on.</summary>
public sealed class KeptAnswerTests : IDisposable
{
    private static readonly Intent Asked = Decisions.JudgedChat.Intent;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("upload_file")]
    [InlineData("retrieve_file")]
    [InlineData("delete_file")]
    [InlineData("list_files")]
    public async Task Without_the_store_nothing_is_told(string operation)
    {
        var gone = new SqliteStore(_folder.Path);
        var body = operation == "list_files" ? """{"data":[{"id":"file-1"}]}""" : """{"id":"file-1"}""";

        Assert.Equal(ReasonCode.DependencyUnavailable, (await RefusalAsync(gone, operation, 200, body))?.Reason);
    }

    [Theory]
    [InlineData("list_files", "[]")]
    [InlineData("list_files", """{"data":{}}""")]
    [InlineData("list_files", """{"data":[{"name":"x"}]}""")]
    [InlineData("list_files", """{"data":["file-1"]}""")]
    [InlineData("list_files", "{")]
    [InlineData("upload_file", """{"id":7}""")]
    [InlineData("upload_file", "[]")]
    [InlineData("upload_file", "")]
    public async Task Answer_that_doesn_t_say_what_it_is_about_doesn_t_go_on(string operation, string body) =>
        Assert.Equal(ReasonCode.UpstreamFailed, (await RefusalAsync(await PreparedAsync(), operation, 200, body))?.Reason);

    [Fact]
    public async Task List_of_others_is_an_empty_one()
    {
        var answer = Answer(await PreparedAsync(), "list_files");

        Assert.True((await answer.KeepAsync(200, Bytes("""{"data":[{"id":"file-1"},{"id":"file-2"}]}"""))).TryGet(out var shown, out _));
        Assert.DoesNotContain("file-", Encoding.UTF8.GetString(shown.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_goes_on_as_it_came_and_is_written_down_by_nobody()
    {
        var store = await PreparedAsync();
        Assert.Null(await RefusalAsync(store, "upload_file", 400, """{"id":"file-1"}"""));

        Assert.Empty(await store.ListObjectsAsync(Asked.Tenant, Page, CancellationToken.None));
    }

    private static OwnedPage Page => new(Asked.Agent, Asked.Connector, OwnedKind.File, null, null, OldestFirst: false, null, 10);

    private async Task<SqliteStore> PreparedAsync()
    {
        var store = new SqliteStore(_folder.Path);
        await store.PrepareAsync([Asked.Tenant], CancellationToken.None);
        return store;
    }

    private static async Task<Refusal?> RefusalAsync(SqliteStore store, string operation, int status, string body) =>
        (await Answer(store, operation).KeepAsync(status, Bytes(body))).TryGet(out _, out var refusal) ? null : refusal;

    private static KeptAnswer Answer(SqliteStore store, string name)
    {
        var operation = KeptObjectOperations.All.Single(one => one.Operation.ToString() == name);
        return new KeptAnswer(
            operation,
            Asked,
            operation.NamesOne ? "file-1" : "",
            operation.IsList ? Page : null,
            batch: null,
            new OwnedObjects(store),
            id => id
        );
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
