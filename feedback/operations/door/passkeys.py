"""Passkeys (WebAuthn): a key that stays in a person's device and signs only for this address, after a look or a PIN."""

import json
from datetime import date, datetime
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from feedback.db import reading, writing
from feedback.models import Passkey, RecoveryCode, StaffMember
from feedback.operations.door.factors import renew_recovery_codes
from feedback.operations.errors import NotFound, NotReady, SignInRefused
from feedback.operations.proving import prove
from feedback.operations.record import record
from feedback.operations.school import School

_LONGEST_ID = 1400
#: What a device sends that is no WebAuthn answer at all.
_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError)


def ask_for_new(school: School, staff_id: str) -> tuple[str, str]:
    """What the browser is asked for to make a passkey (JSON), and the challenge in it, to be kept on the server."""
    with reading(school.engine) as session:
        account = session.get_one(StaffMember, staff_id).account
        known = [_descriptor(key) for key in session.scalars(select(Passkey).where(Passkey.staff_id == staff_id))]
    asked = webauthn.generate_registration_options(
        rp_id=_host(school),
        rp_name=f"Voicebox {school.settings.school_name}",
        user_name=account,
        user_id=staff_id.encode(),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(asked), bytes_to_base64url(asked.challenge)


def add(
    school: School, staff_id: str, answer: str, challenge: str, name: str, *, now: datetime, today: date
) -> tuple[str, ...]:
    """Keep the passkey that the browser made; new recovery codes where there were none.

    NotReady("passkey") where the answer is to something else, from elsewhere, or without a look or a PIN.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(school),
            expected_origin=school.settings.public_address,
            require_user_verification=True,
        )
    except _UNREADABLE as wrong:
        raise NotReady("passkey") from wrong
    known_as = bytes_to_base64url(made.credential_id)
    with writing(school.engine) as session:
        if len(known_as) > _LONGEST_ID or session.scalar(select(Passkey.id).where(Passkey.credential_id == known_as)):
            raise NotReady("passkey")
        member = session.get_one(StaffMember, staff_id)
        facts = {"public_key": made.credential_public_key, "uses": made.sign_count, "name": name, "added_on": today}
        session.add(Passkey(staff_id=staff_id, credential_id=known_as, **facts))
        record(session, now, member.account, "factor_set", staff_id, factor="passkey")
        if session.scalar(select(RecoveryCode.id).where(RecoveryCode.staff_id == staff_id).limit(1)) is not None:
            return ()
        return renew_recovery_codes(school, session, member)


def ask_for(school: School, staff_id: str | None) -> tuple[str, str]:
    """What the browser is asked for to show a passkey (JSON), of this account or of whoever is there; the challenge."""
    with reading(school.engine) as session:
        keys = session.scalars(select(Passkey).where(Passkey.staff_id == staff_id)) if staff_id else ()
        known = [_descriptor(key) for key in keys]
    asked = webauthn.generate_authentication_options(
        rp_id=_host(school), allow_credentials=known, user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(asked), bytes_to_base64url(asked.challenge)


def prove_passkey(
    school: School, answer: str, challenge: str, *, now: datetime, action: str, staff_id: str | None = None
) -> str:
    """The id of the account whose passkey signed this challenge; SignInRefused. With `staff_id`, of this one only."""
    try:
        known_as = str(json.loads(answer)["id"])
    except _UNREADABLE as unreadable:
        raise SignInRefused from unreadable
    with reading(school.engine) as session:
        owner = session.scalar(select(Passkey.staff_id).where(Passkey.credential_id == known_as))
    if owner is None or staff_id not in (None, owner):
        raise SignInRefused

    def fits(session: Session, _kept: StaffMember) -> str | None:
        key = session.scalars(select(Passkey).where(Passkey.credential_id == known_as)).one()
        return "passkey" if _is_signed(school, key, answer, challenge) else None

    prove(school, owner, fits, now=now, action=action)
    return owner


def remove(school: School, by: StaffMember, passkey_id: str, *, now: datetime) -> None:
    """Forget one of one's own passkeys. NotFound; NotReady("last_factor") where nothing else is left."""
    with writing(school.engine) as session:
        own = list(session.scalars(select(Passkey.id).where(Passkey.staff_id == by.id)))
        if passkey_id not in own:
            raise NotFound(passkey_id)
        if len(own) == 1 and session.get_one(StaffMember, by.id).app_key is None:
            raise NotReady("last_factor")
        session.execute(delete(Passkey).where(Passkey.id == passkey_id))
        record(session, now, by.account, "factor_removed", by.id, factor="passkey")


def _is_signed(school: School, key: Passkey, answer: str, challenge: str) -> bool:
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(school),
            expected_origin=school.settings.public_address,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.uses,
            require_user_verification=True,
        )
    except _UNREADABLE:
        return False
    key.uses = shown.new_sign_count
    return True


def _descriptor(key: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id))


def _host(school: School) -> str:
    return urlsplit(school.settings.public_address).hostname or ""
