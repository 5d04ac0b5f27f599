using Gateway.Administration.Calls;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Administration.Operations;

/// <summary>The description of the API, made from the table by the framework.</summary>
internal static class MetaOperations
{
    public const string Document = "v1";

    public static async Task<IResult> OpenApiAsync(OperatorCall call)
    {
        var provider = call.Http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document);
        var document = await provider.GetOpenApiDocumentAsync(call.Cancelled);
        return Results.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, call.Cancelled), "application/json");
    }
}
