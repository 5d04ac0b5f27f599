using Gateway.Administration.Operations;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Administration.Listening;

/// <summary>What the OpenAPI document says beside what the framework sees of the handlers: who may call, and what is demanded.</summary>
internal static class OperationDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Gateway: operators",
                    Version = "v1",
                    Description = "For people and programs that work with Gateway itself. Every error is a problem document (RFC 9457).",
                };
                document.Servers = [];
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (described, context, _) =>
            {
                var operation = context.Description.ActionDescriptor.EndpointMetadata.OfType<AdminOperation>().Single();
                described.Description = Words(operation);
                described.Responses ??= [];
                described.Responses["default"] = new OpenApiResponse { Description = "A problem document: code, detail, field, remedy." };
                return Task.CompletedTask;
            }
        );
    }

    private static string Words(AdminOperation operation)
    {
        var who = operation.Access switch
        {
            OperationAccess.Roles => $"For {RoleNames.Text(operation.Roles)}.",
            OperationAccess.Everybody => "For every operator.",
            OperationAccess.Anybody => "For who isn't proven yet.",
            OperationAccess.Unspecified => "For nobody.",
        };
        var entitlement =
            operation.Entitlement == Entitlement.Unspecified
                ? ""
                : $" Its tenant must be entitled to '{Vocabulary.Entitlement.Text(operation.Entitlement)}'.";
        return who + entitlement + (operation.Fresh ? " Wants a proof of the last 5 minutes, by a session." : "");
    }
}
