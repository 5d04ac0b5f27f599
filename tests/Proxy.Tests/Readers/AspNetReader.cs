using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Readers;

/// <summary>Says what minimal APIs of ASP.NET Core understood of a request: their routes, their binding, their JSON.</summary>
internal sealed class AspNetReader : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AspNetReader(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<AspNetReader> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateBuilder([$"--urls={address}"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseHttpMethodOverride();
        app.UseHttpMethodOverride(new HttpMethodOverrideOptions { FormFieldName = "_method" });
        app.UseRouting();
        app.MapGet("/contacts", (string? scope) => new Understood("list-contacts", Scope: scope));
        app.MapGet("/contacts/export", (string? scope) => new Understood("export-contacts", Scope: scope));
        app.MapGet("/contacts/{id}", (string id, string? scope) => new Understood("get-contact", id, scope));
        app.MapDelete("/contacts", () => new Understood("delete-contacts"));
        app.MapDelete("/contacts/{id}", (string id) => new Understood("delete-contact", id));
        app.MapDelete("/contacts/{id}/notes", (string id) => new Understood("delete-notes", id));
        app.MapDelete("/forms", () => new Understood("delete-forms"));
        app.MapPost(
            "/contacts/{id}/notes",
            (string id, string? scope, Note note) => new Understood("add-note", id, scope, note.Text, Number(note.Amount))
        );
        app.MapPost(
            "/forms",
            async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                return new Understood("send-form", Text: Only(form["text"]), Amount: Only(form["amount"]));
            }
        );
        await app.StartAsync();
        return new AspNetReader(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        await _app.DisposeAsync();
    }

    private static string? Only(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();

    private static string? Number(decimal? amount) => amount?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Note(string? Text, decimal? Amount);

    private sealed record Understood(string Operation, string? Id = null, string? Scope = null, string? Text = null, string? Amount = null);
}
