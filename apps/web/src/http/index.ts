export { file, FileAnswer, Page, page, SeeOther, seeOther } from './answers';
export { CityCode } from './city-code';
export { Cities, type City } from './cities';
export { CurrentActor, FormPage, MaybeActor } from './decorators';
export { renewCsrf } from './csrf';
export { Language } from './language';
export { type UploadedFile, type WebReply, type WebRequest } from './request';
export { clearSession, setSession } from './session-cookies';
export { SETTINGS, VIEWS } from './tokens';
