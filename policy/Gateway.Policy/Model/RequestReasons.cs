namespace Gateway.Policy.Model;

/// <summary>Why a request can't be read, believed or placed.</summary>
internal static class RequestReasons
{
    private const string Unauthenticated = "The request could not be authenticated.";
    private const string CheckIdentity = "Check the key, the clock, the signed components and that each request is signed anew.";

    public static Dictionary<ReasonCode, Reason> All { get; } =
        new()
        {
            [ReasonCode.None] = new(
                "internal_error",
                503,
                "The request could not be judged, so nothing happened.",
                "Try again later; if it stays, ask the operator with the request id."
            ),
            [ReasonCode.InternalError] = new(
                "internal_error",
                503,
                "The request could not be judged, so nothing happened.",
                "Try again later; if it stays, ask the operator with the request id."
            ),
            [ReasonCode.MalformedRequest] = new("malformed_request", 400, "The request is malformed.", "Correct the request."),
            [ReasonCode.AmbiguousRequest] = new(
                "ambiguous_request",
                400,
                "The request can be read in two ways.",
                "Send each header and each kind of credential once."
            ),
            [ReasonCode.UnknownField] = new("unknown_field", 400, "The request has a field that is not known here.", "Remove the field."),
            [ReasonCode.ProviderCredentialsInRequest] = new(
                "provider_credentials_in_request",
                400,
                "The request carries provider credentials or configuration.",
                "Remove it: Gateway holds the credential and adds it.",
                "ASI03"
            ),
            [ReasonCode.UnsupportedFeature] = new(
                "unsupported_feature",
                400,
                "The request asks for something that is not allowed through Gateway.",
                "Remove it, or ask for it to be listed on the connector.",
                "ASI02"
            ),
            [ReasonCode.MissingCredentials] = new("missing_credentials", 401, Unauthenticated, CheckIdentity),
            [ReasonCode.InvalidSignature] = new("invalid_signature", 401, Unauthenticated, CheckIdentity, "ASI03"),
            [ReasonCode.ExpiredSignature] = new("expired_signature", 401, Unauthenticated, CheckIdentity),
            [ReasonCode.ReplayedNonce] = new("replayed_nonce", 401, Unauthenticated, CheckIdentity, "ASI03"),
            [ReasonCode.UnknownKey] = new("unknown_key", 401, Unauthenticated, CheckIdentity),
            [ReasonCode.RevokedCredential] = new("revoked_credential", 401, Unauthenticated, CheckIdentity, "ASI03"),
            [ReasonCode.IdentityMismatch] = new("identity_mismatch", 401, Unauthenticated, CheckIdentity, "ASI03"),
            [ReasonCode.UnknownDoor] = new("unknown_door", 404, "There is nothing here.", "Check the path."),
            [ReasonCode.UnknownConnector] = new("unknown_connector", 404, "There is no such connector.", "Check the connector's name."),
            [ReasonCode.UnknownOperation] = new(
                "unknown_operation",
                404,
                "The connector has no such operation.",
                "Check the method and path against the connector's operations."
            ),
            [ReasonCode.UnknownModel] = new("unknown_model", 404, "There is no such model.", "List the models that this agent may use."),
            [ReasonCode.UnknownObject] = new(
                "unknown_object",
                404,
                "There is no such object.",
                "Name an id that this agent was given through Gateway in the last 30 days, whole as it was given."
            ),
            [ReasonCode.UnknownReceipt] = new("unknown_receipt", 404, "There is no such receipt.", "Check the id that the answer named."),
            [ReasonCode.RequestTimeout] = new("request_timeout", 408, "The request took too long to arrive.", "Send it faster."),
            [ReasonCode.ApprovalAlreadyUsed] = new("approval_already_used", 409, "The approval was already used.", "Ask for another."),
            [ReasonCode.IdempotencyConflict] = new(
                "idempotency_conflict",
                409,
                "The idempotency key was already used.",
                "Look at the earlier decision, or use another key."
            ),
            [ReasonCode.RequestTooLarge] = new("request_too_large", 413, "The request is over a limit.", "Send less."),
            [ReasonCode.UnsupportedMediaType] = new(
                "unsupported_media_type",
                415,
                "The operation does not accept this content type.",
                "Send a type that the operation accepts, without a content encoding."
            ),
        };
}
