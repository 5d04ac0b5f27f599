using System.Collections.Concurrent;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Crm;

/// <summary>
/// The contacts, in memory. Their data looks like a customer's, so that there is something to redact; none of it is anybody's.
/// </summary>
internal sealed class Contacts
{
    private readonly ConcurrentDictionary<string, string> _contacts = new(StringComparer.Ordinal)
    {
        ["c-1"] = """{"id":"c-1","name":"Ada Example","email":"ada@example.com","phone":"+1 202 555 0101","plan":"pro"}""",
        ["c-2"] = """{"id":"c-2","name":"Ben Sample","email":"ben@example.org","phone":"+1 202 555 0102","plan":"free"}""",
        ["c-3"] =
            """{"id":"c-3","name":"Cleo Test","email":"cleo@example.net","phone":"+1 202 555 0103","card":"4111 1111 1111 """
            + """1111","plan":"pro"}""",
        ["c-4"] = """{"id":"c-4","name":"Dan Muster","email":"dan@example.com","phone":"+1 202 555 0104","plan":"team"}""",
    };

    // A count, not the notes: memory must stay flat under load.
    private long _notes;

    public Task ListAsync(Exchange exchange) => exchange.SendAsync($$"""{"contacts":[{{string.Join(',', InOrder())}}]}""");

    public Task OneAsync(Exchange exchange) =>
        _contacts.TryGetValue(Id(exchange), out var contact) ? exchange.SendAsync(contact) : MissingAsync(exchange);

    public Task AddNoteAsync(Exchange exchange)
    {
        if (!_contacts.ContainsKey(Id(exchange)))
        {
            return MissingAsync(exchange);
        }

        var number = Interlocked.Increment(ref _notes);
        var text = Wire.Quote(exchange.Body.RequiredText("text"));
        return exchange.SendAsync(
            $$"""{"id":"n-{{number}}","contact":{{Wire.Quote(Id(exchange))}},"text":{{text}}}""",
            StatusCodes.Status201Created
        );
    }

    public Task DeleteAsync(Exchange exchange)
    {
        if (!_contacts.TryRemove(Id(exchange), out _))
        {
            return MissingAsync(exchange);
        }

        exchange.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private IEnumerable<string> InOrder() =>
        _contacts.OrderBy(contact => contact.Key, StringComparer.Ordinal).Select(contact => contact.Value);

    private static string Id(Exchange exchange) => (string)exchange.Http.GetRouteValue("id")!;

    private static Task MissingAsync(Exchange exchange) =>
        exchange.SendAsync(CrmApi.Error(StatusCodes.Status404NotFound, "No such contact."), StatusCodes.Status404NotFound);
}
