"""Letters to those who signed a call for action."""

from django.urls import reverse

from outcomes.models import Call, Signature
from outcomes.signature_tokens import token_of
from people.outbox import whole_address, write_letter


def tell(signature: Signature, letter: str) -> None:
    """Write one letter to whoever signed; where the address is forgotten there is nobody to write to."""
    if signature.email:
        call = signature.call
        facts = {"call": call, "signature": signature, "page": whole_address(call.get_absolute_url())}
        facts["address"] = whole_address(reverse("my_signature", args=[token_of(signature)]))
        write_letter("signature", signature.email, name=letter, context=facts)


def tell_of_closing(call: Call) -> None:
    """Tell all who signed that it is closed; call it in the transaction that closes it."""
    for signature in call.signatures.counted().exclude(email="").order_by("email"):
        signature.call = call
        tell(signature, "call_closed")
