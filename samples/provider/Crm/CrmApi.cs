using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Crm;

/// <summary>A small CRM under <c>/crm</c>, to be used as a tool.</summary>
internal static class CrmApi
{
    public static void Map(IEndpointRouteBuilder app, string token)
    {
        var door = new Door(headers => headers["x-crm-token"].ToString(), token, Error);
        var contacts = new Contacts();
        app.MapGet("/crm/contacts", door.Of(null, contacts.ListAsync));
        app.MapGet("/crm/contacts/{id}", door.Of(null, contacts.OneAsync));
        app.MapPost("/crm/contacts/{id}/notes", door.Of(Read, contacts.AddNoteAsync));
        app.MapDelete("/crm/contacts/{id}", door.Of(null, contacts.DeleteAsync));
        app.MapPost("/crm/refunds", door.Of(Read, Actions.RefundAsync));
        app.MapPost("/crm/exports", door.Of(Read, Actions.ExportAsync));
        Oddities.Map(app, door);
    }

    public static string Error(int status, string message) => $$"""{"error":{{Wire.Quote(message)}},"status":{{status}}}""";

    private static Prompt Read(HttpContext http, JsonElement body) =>
        body.ValueKind == JsonValueKind.Object ? new Prompt() : throw new RequestBodyException("The body must be an object.");
}
