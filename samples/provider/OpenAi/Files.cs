using System.Text;
using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;
using Gateway.Samples.Provider.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>/v1/files</c>: uploaded as a form, listed, read and deleted.</summary>
internal sealed class Files
{
    private readonly Shelf<JsonObject> _kept = new();
    private readonly Shelf<byte[]> _content = new();

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost("/v1/files", door.Of(null, UploadAsync));
        app.MapGet("/v1/files", door.Of(null, exchange => exchange.SendAsync(Listing.Of(_kept.All()))));
        app.MapGet("/v1/files/{id}", door.Of(null, exchange => exchange.SendAsync(_kept.Get(exchange.Id()).ToJsonString())));
        app.MapGet("/v1/files/{id}/content", door.Of(null, ContentAsync));
        app.MapDelete("/v1/files/{id}", door.Of(null, DeleteAsync));
    }

    /// <exception cref="RequestBodyException">404: there is none of this id.</exception>
    public void Require(string id) => _kept.Get(id);

    /// <exception cref="RequestBodyException">404: there is none of this id.</exception>
    public string[] Lines(string id) => Encoding.UTF8.GetString(_content.Get(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <returns>Its id.</returns>
    public string Add(string name, string purpose, byte[] content)
    {
        var id = Wire.NextId("file-");
        _content.Put(id, content);
        var shown = new JsonObject
        {
            ["id"] = id,
            ["object"] = "file",
            ["bytes"] = content.Length,
            ["created_at"] = Wire.Created,
            ["filename"] = name,
            ["purpose"] = purpose,
            ["status"] = "processed",
            ["expires_at"] = null,
        };
        _kept.Put(id, shown);
        return id;
    }

    private async Task UploadAsync(Exchange exchange)
    {
        var request = exchange.Http.Request;
        request.Body = new MemoryStream(exchange.Http.Features.GetRequiredFeature<Received>().Body);
        if (!request.HasFormContentType || await request.ReadFormAsync() is not { Files: [var file, ..] } form)
        {
            throw new RequestBodyException("Missing required parameter: 'file'.");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var id = Add(file.FileName, form["purpose"].ToString(), bytes.ToArray());
        await exchange.SendAsync(_kept.Get(id).ToJsonString());
    }

    private Task ContentAsync(Exchange exchange)
    {
        exchange.Http.Response.ContentType = "application/octet-stream";
        return exchange.Http.Response.BodyWriter.WriteAsync(_content.Get(exchange.Id())).AsTask();
    }

    private Task DeleteAsync(Exchange exchange)
    {
        _kept.Remove(exchange.Id());
        return exchange.SendAsync($$"""{"id":{{Wire.Quote(exchange.Id())}},"object":"file","deleted":true}""");
    }
}
